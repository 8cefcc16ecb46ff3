/**
 * Permutation tests: exact for few values, by random orders for many.
 *
 * @module
 */
import { permutation, type RandomStream } from "../base/mod.ts";

/** Orders that are enumerated rather than drawn: 8! = 40,320. */
const MOST_ENUMERATED = 8;

/** Random orders otherwise. */
const DRAWS = 9_999;

/**
 * p-value of a statistic being as small as it is under random reordering of the values: the share of
 * orders with a statistic as small; (k + 1)/(draws + 1) when orders are drawn (Phipson and Smyth 2010).
 */
export function permutationTestLess(
  values: readonly number[],
  statistic: (ordered: readonly number[]) => number,
  random: RandomStream,
): { pValue: number; orders: number } {
  const observed = statistic(values);
  const isAsSmall = (ordered: readonly number[]) =>
    statistic(ordered) <= observed + 1e-12 * Math.abs(observed);
  if (values.length <= MOST_ENUMERATED) {
    let orders = 0;
    let small = 0;
    for (const ordered of allOrders(values)) {
      orders++;
      if (isAsSmall(ordered)) small++;
    }
    return { pValue: small / orders, orders };
  }
  let small = 1;
  for (let draw = 0; draw < DRAWS; draw++) {
    const order = permutation(random, values.length);
    if (isAsSmall(Array.from(order, (at) => values[at]!))) small++;
  }
  return { pValue: small / (DRAWS + 1), orders: DRAWS };
}

function* allOrders<T>(values: readonly T[]): Generator<readonly T[]> {
  if (values.length <= 1) {
    yield values;
    return;
  }
  for (const [at, first] of values.entries()) {
    for (const rest of allOrders(values.toSpliced(at, 1))) yield [first, ...rest];
  }
}
