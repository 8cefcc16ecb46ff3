/**
 * "Did you mean": the known name that is closest to what was typed.
 *
 * @module
 */

/** Edits (insertion, deletion, substitution) that turn one text into the other (Levenshtein 1966). */
export function editDistance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const current = [i];
    for (let j = 1; j <= b.length; j++) {
      const substitution = previous[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      current.push(Math.min(substitution, previous[j]! + 1, current[j - 1]! + 1));
    }
    previous = current;
  }
  return previous[b.length]!;
}

/** The closest known name, or undefined when none is closer than half of its length. */
export function nearestName(typed: string, known: Iterable<string>): string | undefined {
  let best: string | undefined;
  let fewest = Infinity;
  for (const name of known) {
    const edits = editDistance(typed.toLowerCase(), name.toLowerCase());
    if (edits < fewest && edits <= Math.max(1, name.length / 2)) {
      best = name;
      fewest = edits;
    }
  }
  return best;
}

/** `, did you mean "x"?` or nothing: the end of an error message. */
export function didYouMean(typed: string, known: Iterable<string>): string {
  const name = nearestName(typed, known);
  return name === undefined ? "" : `, did you mean "${name}"?`;
}
