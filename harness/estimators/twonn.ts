/**
 * TwoNN: the dimension from the ratio of the distances to the second and the first neighbour (Facco,
 * d'Errico, Rodriguez and Laio, Scientific Reports 7:12140, 2017). If the density is constant up to the
 * second neighbour, mu = r2/r1 has the cumulative distribution F(mu) = 1 - mu^-d.
 *
 * @module
 */
import type { NeighbourLists } from "./neighbour_lists.ts";

/** An estimated dimension; no unit. */
export interface Estimate {
  readonly value: number;
  /**
   * Asymptotic standard error for independent ratios. Ratios of neighbouring points are not: over
   * Gaussian clouds of 400 points the fit spreads 1.4 (d = 2), 1.3 (5), 1.1 (20 to 200) times as far.
   */
  readonly standardError: number;
}

/** Logarithms of r2/r1 of the points that have them. */
export interface LogRatios {
  /** log(r2/r1), ascending. */
  readonly sorted: Float64Array;
  /** Points with r1 = 0: an identical point exists. */
  readonly duplicates: number;
  /** Points with r1 = r2 > 0, most often because their nearest neighbour has an identical twin. */
  readonly ties: number;
}

/** Share of the ratios that the fit uses; the largest ones are discarded after F is computed. */
const FITTED_SHARE = 0.9;

/** Ratios that an estimate needs at the least. */
const FEWEST_RATIOS = 3;

/**
 * The ratios of all points but those with r1 = 0 or r1 = r2, which remain neighbours of the others, as
 * in the authors' code (IDNN.estimate).
 *
 * @throws {RangeError} When fewer than three points have a ratio.
 */
export function logRatios({ n, k, distance }: NeighbourLists): LogRatios {
  const ratios: number[] = [];
  let duplicates = 0;
  for (let i = 0; i < n; i++) {
    const r1 = distance[i * k]!;
    const r2 = distance[i * k + 1]!;
    if (r1 === 0) duplicates++;
    else if (r2 > r1) ratios.push(Math.log(r2 / r1));
  }
  const ties = n - ratios.length - duplicates;
  if (ratios.length < FEWEST_RATIOS) {
    throw new RangeError(
      `Cannot estimate a dimension: of ${n} points ${duplicates} have an identical twin and ${ties} ` +
        `two nearest neighbours at the same distance, wanted at least ${FEWEST_RATIOS} others`,
    );
  }
  return { sorted: Float64Array.from(ratios).sort(), duplicates, ties };
}

/**
 * The slope through the origin of -log(1 - F) on log mu over the smallest 90 % of the ratios (Facco et
 * al. 2017, steps 4 and 5).
 *
 * @param offset F of the i-th smallest ratio is (i - offset)/N: 0 as in Ansuini et al. 2019, DADApy and
 * scikit-dimension, 1 as in the program of Facco et al.
 * @param fraction Share of the ratios in the fit.
 * @throws {RangeError} When offset 0 is to fit all ratios: F of the largest would be 1, its y infinite.
 */
export function twonnFit(
  { sorted }: LogRatios,
  offset: 0 | 1 = 0,
  fraction: number = FITTED_SHARE,
): Estimate {
  const n = sorted.length;
  const fitted = Math.floor(n * fraction);
  if (offset === 0 && fitted === n) {
    throw new RangeError(
      `Cannot fit all ${n} ratios with F = i/N: log(1 - F) of the last is infinite`,
    );
  }
  let xy = 0;
  let xx = 0;
  for (let i = 0; i < fitted; i++) {
    const x = sorted[i]!;
    const y = -Math.log(1 - (i + 1 - offset) / n);
    xy += x * y;
    xx += x * x;
  }
  return estimate(xy / xx, n);
}

/** The unbiased maximum-likelihood estimate (N - 1) / sum log mu over all points. */
export function twonnUnbiased({ sorted }: LogRatios): Estimate {
  const n = sorted.length;
  return estimate((n - 1) / sumOfLogs(sorted), n);
}

/**
 * Maximum likelihood when only the smallest r = floor(0.9 N) ratios are known and the rest lie above
 * (type-II censoring): r / (sum of the r smallest + (N - r) times the r-th).
 */
export function twonnCensored({ sorted }: LogRatios, fraction: number = FITTED_SHARE): Estimate {
  const n = sorted.length;
  const r = Math.floor(n * fraction);
  const known = sumOfLogs(sorted.subarray(0, r));
  return estimate(r / (known + (n - r) * sorted[r - 1]!), r);
}

/** The sum of log ratios. */
export function sumOfLogs(logs: Float64Array): number {
  return logs.reduce((sum, log) => sum + log, 0);
}

function estimate(value: number, n: number): Estimate {
  return { value, standardError: value / Math.sqrt(n) };
}
