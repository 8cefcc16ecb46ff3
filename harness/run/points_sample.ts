/**
 * A sample that stands for a larger set where all distances are needed, or no more points than the
 * calibration knows.
 *
 * @module
 */
import { randomStream, sampleWithoutReplacement } from "../base/mod.ts";
import type { Device } from "../device/mod.ts";
import {
  type AllEstimates,
  type DistanceMatrix,
  estimateAll,
  type Features,
  findNeighbours,
} from "../estimators/mod.ts";
import { openFeatures, planPointsMemory } from "./points_memory.ts";

/** The most points for which `findNeighbours` gives the matrix of distances. */
const SAMPLE_POINTS = 2048;

/** Enough to estimate without the strongest hubs of the sample. */
const SAMPLE_NEIGHBOURS = Math.ceil(SAMPLE_POINTS / 100) + 2;

/** Share of the budget that is left beside all points. */
const MEMORY_SHARE = 0.25;

/** What the sample came to. */
export interface SampleEstimate extends Pick<AllEstimates, "twonn_fit" | "block_analysis"> {
  readonly points: number;
  /** Points the estimates rest on. */
  readonly n: number;
}

/** What the work is done with. */
export interface SampleContext {
  readonly device: Device;
  readonly memoryBytes: number;
  readonly temporaryFolder: string;
  readonly signal: AbortSignal;
}

/**
 * Estimates 2048 random points, and gives all their distances.
 *
 * @param coordinates More points than that.
 * @param name Name of the file, for errors.
 * @throws {RangeError} When too few points of the sample differ from each other.
 */
export async function estimateSample(
  coordinates: Features,
  name: string,
  seed: number,
  { device, memoryBytes, temporaryFolder, signal }: SampleContext,
): Promise<{ sample: SampleEstimate; matrix: DistanceMatrix }> {
  const { points, features } = coordinates;
  const random = randomStream(seed, "points", "sample");
  const rows = sampleWithoutReplacement(random, points, SAMPLE_POINTS);
  const memory = planPointsMemory(name, SAMPLE_POINTS, features, memoryBytes * MEMORY_SHARE);
  using sample = openFeatures(SAMPLE_POINTS, features, memory.inMemory, temporaryFolder);
  const row = new Float32Array(features);
  rows.forEach((from, to) => {
    for (let slab = 0; slab < coordinates.slabs; slab++) {
      row.set(coordinates.read(slab, from, from + 1), slab * coordinates.slabWidth);
    }
    sample.write(to, row);
  });
  const { lists, matrix } = await findNeighbours(device, sample, SAMPLE_NEIGHBOURS, { signal });
  if (!matrix) {
    throw new RangeError(`Cannot estimate a sample: no matrix of ${SAMPLE_POINTS} points`);
  }
  const { n, estimates } = estimateAll(lists, matrix, random);
  const { twonn_fit, block_analysis } = estimates;
  return { sample: { points: SAMPLE_POINTS, n, twonn_fit, block_analysis }, matrix };
}
