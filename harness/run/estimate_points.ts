/**
 * Every estimate for the points of a file that some other program wrote.
 *
 * @module
 */
import {
  type Progress,
  randomStream,
  RunError,
  sampleWithoutReplacement,
  UsageError,
} from "../base/mod.ts";
import type { Device } from "../device/mod.ts";
import {
  type AllEstimates,
  type EquivalentDimension,
  equivalentDimension,
  type Features,
  type Hubness,
  type PcaSummary,
} from "../estimators/mod.ts";
import { copyPoints, type CopyResult, openPoints, type PointsFile } from "../points/mod.ts";
import {
  linearEstimates,
  type ListEstimates,
  listEstimates,
  type MatrixEstimates,
  matrixEstimates,
} from "./further_estimates.ts";
import { type PointsIntervals, pointsIntervals } from "./points_intervals.ts";
import { neighboursWanted, openFeatures, planPointsMemory } from "./points_memory.ts";
import { pointsNotes } from "./points_notes.ts";
import { estimateSample, type SampleEstimate } from "./points_sample.ts";
import { reachPastHubs } from "./points_search.ts";

/** Points that say anything at all. */
const FEWEST_POINTS = 20;

/** Which points are estimated. */
export interface PointsRequest {
  readonly file: string;
  /** Name of the array in an archive. */
  readonly array: string | undefined;
  /** So many of the points, drawn at random; all of them without it. */
  readonly samples: number | undefined;
  readonly seed: number;
}

/** What the work is done with. */
export interface PointsContext {
  readonly device: Device;
  readonly memoryBytes: number;
  readonly temporaryFolder: string;
  readonly progress: Progress;
  readonly signal: AbortSignal;
  /** Told what may go wrong before the long work begins. */
  readonly warn: (message: string) => void;
}

/** What a file of points came to. */
export interface PointsEstimate {
  readonly file: string;
  readonly format: string;
  readonly seed: number;
  /** Points that were measured, and how many the file has. */
  readonly points: number;
  readonly pointsInFile: number;
  readonly features: number;
  readonly constantFeatures: number;
  /** The largest change of a coordinate by rounding to float32. */
  readonly rounding: number;
  /** Points the estimates rest on. */
  readonly n: number;
  /** Points whose nearest neighbour is identical. */
  readonly duplicates: number;
  /** Neighbours listed of each point. */
  readonly neighbours: number;
  readonly estimates: AllEstimates;
  /** Other estimators; those that need all distances take the sample, when there is one. */
  readonly further: ListEstimates & MatrixEstimates & { readonly pca: PcaSummary | null };
  /** As wide as the estimates spread over Gaussian clouds. */
  readonly intervals: PointsIntervals;
  /** Point: its row in the file, from 0. */
  readonly hub: Hubness;
  /** Estimates of a random sample, when there are more than 2048 points. */
  readonly sample: SampleEstimate | null;
  /** Dimension of the clouds that give the same estimate with as many points. */
  readonly calibration: {
    readonly n: number;
    readonly twonn_fit: number;
    readonly gaussian: EquivalentDimension;
    readonly hypercube: EquivalentDimension;
  };
  readonly notes: readonly string[];
}

/**
 * Reads the points, finds their neighbours and estimates.
 *
 * @throws {UsageError} When the named array does not exist, or more samples are wanted than there are.
 * @throws {RunError} Naming the file, when it is broken, too large for the memory, or has too few points
 * that differ.
 */
export async function estimatePoints(
  request: PointsRequest,
  context: PointsContext,
): Promise<PointsEstimate> {
  const { device, temporaryFolder, signal, memoryBytes } = context;
  const { file, array, seed } = request;
  using source = await openPoints(file, { array, temporaryFolder, signal });
  const rows = chosenRows(source, request);
  const { features, name } = source;
  const points = rows?.length ?? source.points;
  const { neighbours, inMemory } = planPointsMemory(name, points, features, memoryBytes);
  const most = neighbours.at(-1)!;
  if (most < neighboursWanted(points)) {
    context.warn(
      `${name}: --memory has room for ${most} neighbours of each point, not for the ` +
        `${neighboursWanted(points)} that are always enough to estimate without the strongest hubs`,
    );
  }
  using coordinates = openFeatures(points, features, inMemory, temporaryFolder);
  const { constantFeatures, rounding } = await read(source, coordinates, rows, context);
  try {
    const { lists, matrix, all } = await reachPastHubs(coordinates, neighbours, seed, context);
    const { n, duplicates, estimates } = all;
    const hub = { ...all.hub, point: rows?.[all.hub.point] ?? all.hub.point };
    const every = matrix
      ? { sample: null, matrix }
      : await estimateSample(coordinates, name, seed, context);
    const calibrated = every.sample ?? { n, twonn_fit: estimates.twonn_fit };
    const further = {
      ...listEstimates(lists),
      ...matrixEstimates(every.matrix),
      pca: await linearEstimates(coordinates, device),
    };
    const found = {
      file: name,
      format: source.format,
      seed,
      points,
      pointsInFile: source.points,
      features,
      constantFeatures,
      rounding,
      n,
      duplicates,
      neighbours: lists.k,
      estimates,
      further,
      intervals: pointsIntervals(estimates, further, lists),
      hub,
      sample: every.sample,
      calibration: calibrate(calibrated.n, calibrated.twonn_fit.value),
    };
    return { ...found, notes: pointsNotes({ ...found, abide: further.abide }) };
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    const hint = most < neighboursWanted(points)
      ? "; more --memory, or fewer points (--samples), give longer lists"
      : "";
    throw new RunError(`${name}: ${error.message}${hint}`);
  }
}

function chosenRows(
  { points, name }: PointsFile,
  { samples, seed }: PointsRequest,
): Int32Array | undefined {
  const wanted = samples ?? points;
  if (wanted > points) {
    throw new UsageError(`--samples: found ${wanted}, wanted at most the ${points} of ${name}`);
  }
  if (wanted < FEWEST_POINTS) {
    throw new RunError(`${name}: ${points} points, wanted at least ${FEWEST_POINTS}`);
  }
  return wanted === points
    ? undefined
    : sampleWithoutReplacement(randomStream(seed, "points", "samples"), points, wanted);
}

async function read(
  source: PointsFile,
  coordinates: Features,
  rows: Int32Array | undefined,
  { progress, signal }: PointsContext,
): Promise<CopyResult> {
  const task = progress.begin("reading points", source.points, "items");
  try {
    return await copyPoints(source, coordinates, {
      rows,
      signal,
      onRows: (count) => task.advance(count),
    });
  } finally {
    task.finish();
  }
}

function calibrate(n: number, estimate: number): PointsEstimate["calibration"] {
  return {
    n,
    twonn_fit: estimate,
    gaussian: equivalentDimension(estimate, n, "gaussian"),
    hypercube: equivalentDimension(estimate, n, "hypercube"),
  };
}
