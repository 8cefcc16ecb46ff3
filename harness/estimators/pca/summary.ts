/**
 * What PCA says about the dimension.
 *
 * @module
 */
import type { CorrelationSpectrum } from "./correlation_spectrum.ts";

/** Linear dimensions of one set of points. */
export interface PcaSummary {
  readonly points: number;
  readonly features: number;
  /** Features that are equal for all points, left out. */
  readonly constant_features: number;
  /** PC-ID: components that hold more than 90 % of the variance; at most points - 1. */
  readonly n90: number;
  /** What the authors' code calls PC-ID: the zero-based index of the last of them, n90 - 1. */
  readonly ansuini_pc_id: number;
  /** (sum of eigenvalues)^2 / sum of their squares. */
  readonly participation_ratio: number;
  /** Corrected for the number of points; null for fewer than 4 points or when it is not positive. */
  readonly participation_ratio_corrected: number | null;
  /** The largest ratio of an eigenvalue, among the first n90, to the next. */
  readonly gap: SpectralGap | null;
  /** Bound of the root mean square error of the eigenvalues; they sum to the varying features. */
  readonly eigenvalue_error: number;
}

/** Where neighbouring eigenvalues differ most. */
export interface SpectralGap {
  /** Number of eigenvalues above the gap. */
  readonly rank: number;
  readonly ratio: number;
}

/** Share of the variance of the paper's PC-ID (Ansuini et al. 2019, Figure 5). */
const VARIANCE_SHARE = 0.9;

/** The linear dimensions that follow from a spectrum. */
export function pcaSummary(spectrum: CorrelationSpectrum): PcaSummary {
  const { eigenvalues, points, columns, constantColumns, eigenvalueError } = spectrum;
  const n90 = componentsFor(eigenvalues, VARIANCE_SHARE);
  return {
    points,
    features: columns + constantColumns,
    constant_features: constantColumns,
    n90,
    ansuini_pc_id: n90 - 1,
    participation_ratio: participationRatio(eigenvalues),
    participation_ratio_corrected: correctedParticipationRatio(spectrum) ?? null,
    gap: largestGap(eigenvalues, n90) ?? null,
    eigenvalue_error: eigenvalueError,
  };
}

/** The number of largest eigenvalues that sum to more than a share of all. */
export function componentsFor(eigenvalues: Float64Array, share: number): number {
  const wanted = share * sumOf(eigenvalues);
  let sum = 0;
  for (let rank = 0; rank < eigenvalues.length; rank++) {
    sum += eigenvalues[rank]!;
    if (sum > wanted) return rank + 1;
  }
  return eigenvalues.length;
}

/** (sum of eigenvalues)^2 / sum of their squares. */
export function participationRatio(eigenvalues: Float64Array): number {
  return sumOf(eigenvalues) ** 2 / sumOf(eigenvalues.map((value) => value ** 2));
}

/**
 * The participation ratio with both of its parts freed from the bias of few points: means over all
 * quadruples of different points of |x_i - x_j|^2 |x_k - x_l|^2 / 4 and ((x_i - x_j)(x_k - x_l))^2 / 4,
 * in the closed form of Himeno and Yamada (J. Multivariate Analysis 130:27, 2014). It is the correction
 * for sampled rows of Chun, Canatar, Chung and Lee (arXiv 2509.26560); theirs for sampled columns is not
 * wanted where all units of a layer are seen. Standardisation by the sample's own deviations is taken as
 * given.
 *
 * @returns Undefined for fewer than 4 points or when the estimated sum of squares is not positive.
 */
export function correctedParticipationRatio(
  { eigenvalues, points: n, squaredNorms }: CorrelationSpectrum,
): number | undefined {
  if (n < 4) return undefined;
  const unbias = n / (n - 1);
  const trace = unbias * sumOf(eigenvalues);
  const squares = unbias ** 2 * sumOf(eigenvalues.map((value) => value ** 2));
  const fourth = sumOf(squaredNorms.map((norm) => norm ** 2)) / (n - 1);
  const sumOfSquares = (n - 1) * (n - 2) * squares + trace ** 2 - n * fourth;
  const squareOfSum = 2 * squares + (n * n - 3 * n + 1) * trace ** 2 - n * fourth;
  return sumOfSquares > 0 ? squareOfSum / sumOfSquares : undefined;
}

/**
 * The largest ratio of consecutive eigenvalues among the first `ranks`; undefined when the second is
 * missing. A linear manifold with little noise has a gap of orders of magnitude at its dimension.
 */
export function largestGap(eigenvalues: Float64Array, ranks: number): SpectralGap | undefined {
  let gap: SpectralGap | undefined;
  for (let rank = 1; rank <= ranks && rank < eigenvalues.length; rank++) {
    const ratio = eigenvalues[rank - 1]! / eigenvalues[rank]!;
    if (eigenvalues[rank]! > 0 && (gap === undefined || ratio > gap.ratio)) gap = { rank, ratio };
  }
  return gap;
}

/** Eigenvalues above a share of the largest (Fukunaga and Olsen 1971; scikit-dimension's lPCA, FO). */
export function fukunagaOlsen(eigenvalues: Float64Array, share = 0.05): number {
  return eigenvalues.reduce((count, value) => count + (value > share * eigenvalues[0]! ? 1 : 0), 0);
}

function sumOf(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0);
}
