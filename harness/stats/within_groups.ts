/**
 * Correlation inside of groups, whatever sets the groups apart.
 *
 * @module
 */
import { mean } from "./moments.ts";
import { pearsonCorrelation, type Point } from "./pearson.ts";

/** A correlation and the number of points that its p-value and interval may count. */
export interface PooledCorrelation {
  /** NaN when x or y varies in no group. */
  readonly r: number;
  /** Points - groups + 1, over groups of at least two points. */
  readonly effectiveN: number;
}

/**
 * The pooled within-group correlation: Pearson's r of the deviations from each group's mean, which is the
 * partial correlation given the group. Groups of one point say nothing and are left out.
 */
export function withinGroupsCorrelation(
  groups: readonly (readonly Point[])[],
): PooledCorrelation {
  const telling = groups.filter(({ length }) => length > 1);
  const deviations = telling.flatMap(deviationsFromMean);
  return { r: pearsonCorrelation(deviations), effectiveN: deviations.length - telling.length + 1 };
}

function deviationsFromMean(points: readonly Point[]): Point[] {
  const [x, y] = [points.map((point) => point.x), points.map((point) => point.y)];
  const [centreX, centreY] = [mean(x), mean(y)];
  const constantX = x.every((value) => value === x[0]);
  const constantY = y.every((value) => value === y[0]);
  return points.map((point) => ({
    x: constantX ? 0 : point.x - centreX,
    y: constantY ? 0 : point.y - centreY,
  }));
}
