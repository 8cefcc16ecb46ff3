/**
 * Order among pairs of a bound and the index of a point, kept in two arrays side by side: by bound,
 * equal ones by index.
 *
 * @module
 */

/** Below this many pairs insertion is faster than partition. */
const FEW = 16;

/** Bounds and, in the same places, indices. */
export interface Pairs {
  readonly bounds: Float64Array;
  readonly index: Int32Array;
}

/** Sorts the places [first, last). */
export function sortPairs(pairs: Pairs, first: number, last: number): void {
  while (last - first > FEW) {
    const middle = partition(pairs, first, last);
    sortPairs(pairs, first, middle);
    first = middle;
  }
  insertionSort(pairs, first, last);
}

/** Moves the `count` smallest of the places [first, last) to its front, the largest of them last. */
export function selectPairs(pairs: Pairs, first: number, last: number, count: number): void {
  const wanted = first + count - 1;
  while (last - first > FEW) {
    const middle = partition(pairs, first, last);
    if (wanted < middle) last = middle;
    else first = middle;
  }
  insertionSort(pairs, first, last);
}

/**
 * Hoare's partition around the median of the first, middle and last pair.
 *
 * @returns A place inside such that no pair before it is larger than one from it on.
 */
function partition(pairs: Pairs, first: number, last: number): number {
  const { bounds, index } = pairs;
  const middle = first + ((last - first) >> 1);
  if (isLess(pairs, middle, first)) swap(pairs, middle, first);
  if (isLess(pairs, last - 1, middle)) swap(pairs, last - 1, middle);
  if (isLess(pairs, middle, first)) swap(pairs, middle, first);
  const bound = bounds[middle]!;
  const other = index[middle]!;
  let left = first;
  let right = last - 1;
  while (true) {
    while (bounds[left]! < bound || bounds[left] === bound && index[left]! < other) left++;
    while (bounds[right]! > bound || bounds[right] === bound && index[right]! > other) right--;
    if (left >= right) return right + 1;
    swap(pairs, left++, right--);
  }
}

function insertionSort({ bounds, index }: Pairs, first: number, last: number): void {
  for (let next = first + 1; next < last; next++) {
    const bound = bounds[next]!;
    const other = index[next]!;
    let at = next;
    for (; at > first; at--) {
      const before = bounds[at - 1]!;
      if (before < bound || before === bound && index[at - 1]! <= other) break;
      bounds[at] = before;
      index[at] = index[at - 1]!;
    }
    bounds[at] = bound;
    index[at] = other;
  }
}

function isLess({ bounds, index }: Pairs, a: number, b: number): boolean {
  return bounds[a]! < bounds[b]! || bounds[a] === bounds[b] && index[a]! < index[b]!;
}

function swap({ bounds, index }: Pairs, a: number, b: number): void {
  const bound = bounds[a]!;
  const other = index[a]!;
  bounds[a] = bounds[b]!;
  index[a] = index[b]!;
  bounds[b] = bound;
  index[b] = other;
}
