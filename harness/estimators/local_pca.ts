/**
 * Local PCA: the number of directions in which the neighbourhood of a point extends (Fukunaga and Olsen,
 * IEEE Trans. Computers C-20:176, 1971).
 *
 * @module
 */
import { mean, quantile, sampleDeviation } from "../stats/mod.ts";
import { type DistanceMatrix, listsFromMatrix } from "./neighbour_lists.ts";
import { fukunagaOlsen } from "./pca/summary.ts";
import { symmetricEigenvalues } from "./pca/symmetric_eigenvalues.ts";
import type { Estimate } from "./twonn.ts";

/** Local dimensions in one number. */
export interface LocalPcaEstimate extends Estimate {
  /** Neighbours of one neighbourhood, which bounds its dimension by k - 1. */
  readonly k: number;
  readonly median: number;
}

/**
 * The number of eigenvalues of the covariance of the k nearest neighbours (without the point) that
 * exceed a share of the largest, by point, as scikit-dimension's lPCA does point by point. Coordinates
 * are not needed: the covariance of k points shares its eigenvalues with -1/2 H D H / (k - 1), D their
 * squared distances, H = I - 1/k (classical scaling, Torgerson 1952).
 *
 * @param share alphaFO of scikit-dimension.
 * @throws {RangeError} When there are no more than k points.
 */
export function localPcaDimensions(matrix: DistanceMatrix, k: number, share = 0.05): number[] {
  const { index } = listsFromMatrix(matrix, k);
  return Array.from({ length: matrix.n }, (_, i) => {
    const gram = centredGram(matrix, index.subarray(i * k, (i + 1) * k));
    return fukunagaOlsen(symmetricEigenvalues(gram, k), share);
  });
}

/**
 * The mean over the points. Neighbourhoods share points, so the standard error counts n/k independent
 * ones: deviation x sqrt(k/n).
 *
 * @param k Neighbours; 20 hold at most 19 directions, so dimensions above about 10 need more.
 * @throws {RangeError} When there are no more than k points.
 */
export function localPca(matrix: DistanceMatrix, k = 50, share = 0.05): LocalPcaEstimate {
  const local = localPcaDimensions(matrix, k, share);
  return {
    value: mean(local),
    standardError: sampleDeviation(local) * Math.sqrt(k / matrix.n),
    k,
    median: quantile(local, 0.5),
  };
}

/** Scalar products of some points from their mean. */
function centredGram({ n, squared }: DistanceMatrix, members: Int32Array): Float64Array {
  const k = members.length;
  const gram = new Float64Array(k * k);
  const means = new Float64Array(k);
  for (let a = 0; a < k; a++) {
    for (let b = 0; b < k; b++) {
      gram[a * k + b] = squared[members[a]! * n + members[b]!]!;
      means[a] = means[a]! + gram[a * k + b]! / k;
    }
  }
  const grand = means.reduce((sum, value) => sum + value, 0) / k;
  for (let a = 0; a < k; a++) {
    for (let b = 0; b < k; b++) {
      gram[a * k + b] = -0.5 * (gram[a * k + b]! - means[a]! - means[b]! + grand);
    }
  }
  return gram;
}
