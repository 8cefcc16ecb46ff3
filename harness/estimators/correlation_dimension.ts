/**
 * The correlation dimension (Grassberger and Procaccia, Physica D 9:189, 1983): how the share C(r) of
 * pairs closer than r grows with r.
 *
 * @module
 */
import { quantile } from "../stats/mod.ts";
import { type DistanceMatrix, listsFromMatrix } from "./neighbour_lists.ts";
import type { Estimate } from "./twonn.ts";

/** The estimate and the scales that it compares. */
export interface CorrelationDimension extends Estimate {
  /** The two radii: median distances to the k1-th and the k2-th neighbour. */
  readonly radii: readonly [number, number];
}

/**
 * The slope log(C(r2)/C(r1)) / log(r2/r1) between r1 and r2, the medians over the points of the
 * distances to the k1-th and the k2-th neighbour (scikit-dimension's CorrInt). C counts pairs strictly
 * closer than r.
 *
 * @returns The slope with the standard error of a ratio of U-statistics at fixed radii: with c_i(r) the
 * share of the points closer to i than r, 2/sqrt(n) times the deviation over i of c_i(r2)/C(r2) -
 * c_i(r1)/C(r1), over log(r2/r1) (Hoeffding 1948; Denker and Keller 1986). The radii follow the points,
 * so estimates spread less: over Gaussian clouds of 200 points it is 1.3 (d = 2) to 1.4 (10) times the
 * spread.
 * @throws {RangeError} When there are no more than k2 points, or the radii do not differ or hold no pair.
 */
export function correlationDimension(
  matrix: DistanceMatrix,
  k1 = 10,
  k2 = 20,
): CorrelationDimension {
  const { n, squared } = matrix;
  const { distance } = listsFromMatrix(matrix, k2);
  const medianOf = (rank: number) =>
    quantile(Array.from({ length: n }, (_, i) => distance[i * k2 + rank - 1]!), 0.5);
  const radii = [medianOf(k1), medianOf(k2)] as const;
  const closer = radii.map((radius) => neighboursWithin(squared, n, radius));
  const [inner, outer] = closer as [Float64Array, Float64Array];
  const [innerMean, outerMean] = [total(inner) / n, total(outer) / n];
  const step = Math.log(radii[1] / radii[0]);
  if (!(innerMean > 0 && step > 0)) {
    throw new RangeError(
      `Cannot estimate a correlation dimension: ${innerMean * n} neighbours within r1 = ${
        radii[0]
      }, ` +
        `r2 = ${radii[1]}, wanted a pair within r1 and r2 above it`,
    );
  }
  let variance = 0;
  for (let i = 0; i < n; i++) {
    variance += (outer[i]! / outerMean - inner[i]! / innerMean) ** 2 / (n - 1);
  }
  return {
    value: Math.log(outerMean / innerMean) / step,
    standardError: 2 * Math.sqrt(variance / n) / step,
    radii,
  };
}

function neighboursWithin(squared: Float64Array, n: number, radius: number): Float64Array {
  const counts = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      if (j !== i && Math.sqrt(squared[i * n + j]!) < radius) counts[i] = counts[i]! + 1;
    }
  }
  return counts;
}

function total(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0);
}
