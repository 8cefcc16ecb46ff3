/**
 * Places for the labels of lines that end close to each other.
 *
 * @module
 */

/**
 * Moves values up until each is `gap` above the one below, then down again where they leave the axis.
 *
 * @param top Upper end of the axis, whose lower end is 0.
 * @returns A place for each value, in their order; still `gap` apart where that needs more than the axis.
 */
export function spreadLabels(values: readonly number[], gap: number, top: number): number[] {
  const order = values.map((_, at) => at).sort((a, b) => values[a]! - values[b]!);
  const places = [...values];
  let least = -Infinity;
  for (const at of order) {
    places[at] = Math.max(values[at]!, least);
    least = places[at]! + gap;
  }
  let most = top;
  for (const at of order.toReversed()) {
    places[at] = Math.min(places[at]!, most);
    most = places[at]! - gap;
  }
  return places;
}
