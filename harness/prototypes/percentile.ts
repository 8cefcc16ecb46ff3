/**
 * Percentiles as NumPy gives them, without sorting everything.
 *
 * @module
 */

/**
 * Percentile with linear interpolation between order statistics (numpy.percentile's default), in
 * expected linear time by quickselect (Hoare 1961).
 *
 * @param share In [0, 1].
 * @throws {RangeError} Without values, or with another share.
 */
export function percentile(values: Float64Array, share: number): number {
  if (values.length === 0 || !(share >= 0 && share <= 1)) {
    throw new RangeError(
      `Cannot give a percentile: ${values.length} values and share ${share}, wanted at least one ` +
        "value and a share from 0 to 1",
    );
  }
  const order = values.slice();
  const place = (order.length - 1) * share;
  const below = Math.floor(place);
  select(order, below);
  const low = order[below]!;
  const t = place - below;
  if (t === 0) return low;
  let high = Infinity;
  for (let at = below + 1; at < order.length; at++) if (order[at]! < high) high = order[at]!;
  // The side with the smaller error, as NumPy chooses it.
  return t < 0.5 ? low + (high - low) * t : high - (high - low) * (1 - t);
}

/** Puts the value of rank `rank` at its place, smaller ones before it, larger ones behind. */
function select(order: Float64Array, rank: number): void {
  let left = 0;
  let right = order.length - 1;
  while (left < right) {
    const pivot = order[(left + right) >> 1]!;
    let i = left;
    let j = right;
    while (i <= j) {
      while (order[i]! < pivot) i++;
      while (order[j]! > pivot) j--;
      if (i > j) break;
      const swapped = order[i]!;
      order[i++] = order[j]!;
      order[j--] = swapped;
    }
    if (rank <= j) right = j;
    else if (rank >= i) left = i;
    else return;
  }
}
