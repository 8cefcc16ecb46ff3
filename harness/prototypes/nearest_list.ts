/**
 * The best few of many candidates.
 *
 * @module
 */

/** Anything with a distance. */
export interface Distant {
  readonly distance: number;
}

/**
 * Puts a candidate into a list of at most `most`, ascending by distance; a candidate goes behind those
 * that are as near, so that ties keep the earliest.
 *
 * @param make Builds the candidate; called only when it enters the list.
 */
export function offer<T extends Distant>(
  list: T[],
  most: number,
  distance: number,
  make: () => T,
): void {
  if (list.length === most && !(distance < list[most - 1]!.distance)) return;
  let at = list.length;
  while (at > 0 && distance < list[at - 1]!.distance) at--;
  list.splice(at, 0, make());
  if (list.length > most) list.pop();
}
