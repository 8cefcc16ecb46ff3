/**
 * Estimates beyond those of `result.json`: each answers the question in another way, and may have no
 * answer for some points.
 *
 * @module
 */
import type { Device } from "../device/mod.ts";
import {
  abide,
  type AdaptiveEstimate,
  type CorrelationDimension,
  correlationDimension,
  correlationSpectrum,
  type DistanceMatrix,
  type Estimate,
  type Features,
  kStarGride,
  localPca,
  type LocalPcaEstimate,
  logRatios,
  mindMl,
  type NeighbourLists,
  type PcaSummary,
  pcaSummary,
  twonnBayes,
} from "../estimators/mod.ts";

/** From the neighbours of all points; null where there is no answer, for instance for want of points. */
export interface ListEstimates {
  readonly twonn_bayes: Estimate;
  readonly mind_ml_k20: Estimate | null;
  readonly abide: AdaptiveEstimate | null;
  readonly gride_k_star: AdaptiveEstimate | null;
}

/** From all distances. */
export interface MatrixEstimates {
  readonly correlation_dimension: CorrelationDimension | null;
  readonly local_pca_k50: LocalPcaEstimate | null;
}

/** @throws {RangeError} When fewer than three points have a ratio of distances. */
export function listEstimates(lists: NeighbourLists): ListEstimates {
  return {
    twonn_bayes: twonnBayes(logRatios(lists)),
    mind_ml_k20: orNull(() => mindMl(lists, 20)),
    abide: orNull(() => abide(lists)),
    gride_k_star: orNull(() => kStarGride(lists)),
  };
}

/** The estimates that need every pair. */
export function matrixEstimates(matrix: DistanceMatrix): MatrixEstimates {
  return {
    correlation_dimension: orNull(() => correlationDimension(matrix)),
    local_pca_k50: orNull(() => localPca(matrix, 50)),
  };
}

/** Linear dimensions; null with more than 4096 points and features. */
export async function linearEstimates(
  coordinates: Features,
  device: Device,
): Promise<PcaSummary | null> {
  try {
    return pcaSummary(await correlationSpectrum(coordinates, device));
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

function orNull<T>(estimate: () => T): T | null {
  try {
    return estimate();
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}
