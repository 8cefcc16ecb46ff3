/**
 * The exponent of a power law.
 *
 * @module
 */
import { mean } from "./moments.ts";
import type { Point } from "./pearson.ts";

/**
 * Least-squares slope of log y against log x: 0 when y does not depend on x, 1 when it is proportional.
 *
 * @param points Positive numbers, at least two different x.
 * @throws {RangeError} When a number is not positive and finite, or all x are equal.
 */
export function logLogSlope(points: readonly Point[]): number {
  const broken = points.find(({ x, y }) => !(x > 0 && x < Infinity && y > 0 && y < Infinity));
  if (broken) {
    throw new RangeError(
      `Cannot fit a power law: found (${broken.x}, ${broken.y}), wanted positive finite numbers`,
    );
  }
  if (points.every(({ x }) => x === points[0]!.x)) {
    throw new RangeError(`Cannot fit a power law: ${points.length} points, wanted two different x`);
  }
  const xs = points.map(({ x }) => Math.log(x));
  const centre = mean(xs);
  const spread = xs.reduce((sum, x) => sum + (x - centre) ** 2, 0);
  return points.reduce((sum, { y }, at) => sum + (xs[at]! - centre) * Math.log(y), 0) / spread;
}
