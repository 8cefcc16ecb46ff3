/**
 * Which parts are enough to know a class.
 *
 * @module
 */

/**
 * Minimal sufficient sets of parts of one class: no other class shares all their variants, and every
 * proper subset is shared by some (Hesse et al. 2023, Controlled Synthetic Data Check).
 *
 * @param rows Variants of each class, all different.
 * @returns Smaller sets first; parts ascending.
 */
export function sufficientParts(rows: readonly (readonly number[])[], label: number): number[][] {
  const own = rows[label]!;
  // Parts in which the class differs from each other class, as bits; enough parts meet each of them.
  const differences = rows.flatMap((row, other) =>
    other === label
      ? []
      : [row.reduce((bits, variant, part) => variant === own[part] ? bits : bits | 1 << part, 0)]
  );
  const minimal: number[] = [];
  for (const parts of bySize(own.length)) {
    if (minimal.some((smaller) => (smaller & parts) === smaller)) continue;
    if (differences.every((bits) => (bits & parts) !== 0)) minimal.push(parts);
  }
  return minimal.map((parts) => own.flatMap((_, part) => parts >> part & 1 ? [part] : []));
}

/** All subsets of `count` parts as bits, smaller ones first. */
function bySize(count: number): number[] {
  const size = (bits: number): number => bits === 0 ? 0 : (bits & 1) + size(bits >> 1);
  return Array.from({ length: 1 << count }, (_, bits) => bits)
    .sort((a, b) => size(a) - size(b) || a - b);
}
