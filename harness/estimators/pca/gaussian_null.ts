/**
 * Gaussian points with the covariance of data: what the estimate would be if the representation were a
 * hyperellipsoid and not curved (Ansuini et al. 2019, Figure 5B).
 *
 * @module
 */
import type { RandomStream } from "../../base/mod.ts";
import { type Features, featuresInMemory } from "../features.ts";

/** Singular values of standardised data and the number of points that they come from. */
export interface SampledSpectrum {
  readonly singularValues: Float64Array;
  readonly points: number;
}

/**
 * How deviations follow from singular values s of n points: `covariance` takes s / sqrt(n - 1), which
 * gives the covariance of the data; `legacy` takes sqrt(s) as the authors' code does, so that variances
 * are proportional to s and not s^2, and the cloud is rounder than the data.
 */
export type NullScaling = "covariance" | "legacy";

/** Rows drawn at once. */
const ROWS = 64;

/**
 * Draws points along the principal axes, which leaves distances as they would be along the features.
 *
 * @param n Number of points to draw.
 * @returns n points of one feature a singular value, in memory; the caller disposes of them.
 */
export function gaussianNull(
  { singularValues, points }: SampledSpectrum,
  n: number,
  random: RandomStream,
  { scaling }: { readonly scaling: NullScaling },
): Features {
  const deviations = singularValues.map((s) =>
    scaling === "legacy" ? Math.sqrt(s) : s / Math.sqrt(points - 1)
  );
  const features = featuresInMemory(n, deviations.length);
  for (let first = 0; first < n; first += ROWS) {
    const rows = new Float32Array(Math.min(ROWS, n - first) * deviations.length);
    for (let at = 0; at < rows.length; at++) {
      rows[at] = deviations[at % deviations.length]! * random.normal();
    }
    features.write(first, rows);
  }
  return features;
}
