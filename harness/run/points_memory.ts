/**
 * What the points of a file may take of memory: coordinates, neighbour lists, and how many neighbours
 * are listed.
 *
 * @module
 */
import { formatBytes, RunError } from "../base/mod.ts";
import { type Features, featuresInFile, featuresInMemory, roomFor } from "../estimators/mod.ts";

/** Share of the budget that is planned; the rest is for the runtime, tiles and estimators. */
const PLANNED_SHARE = 0.75;

/** Neighbours that Gride needs for ranks 32 and 64. */
const GRIDE_NEIGHBOURS = 64;

/** Bytes of a listed neighbour: its index and its distance. */
const NEIGHBOUR_BYTES = 12;

/** Bytes that estimators take a point. */
const ESTIMATOR_BYTES = 100;

/** How features are cut into slabs: their bytes, and their columns at most and at least. */
const SLAB_BYTES = 64 * 2 ** 20;
const WIDEST_SLAB = 8192;
const NARROWEST_SLAB = 256;

/** Neighbours that are listed at first: more take long to sort, and are hardly ever needed. */
const MOST_NEIGHBOURS = 256;

/** How a set of points is held. */
export interface PointsMemory {
  /** Neighbours listed of each point; when they do not reach past the hubs, the next number is tried. */
  readonly neighbours: readonly number[];
  /** Whether coordinates are kept in memory, or in a temporary file. */
  readonly inMemory: boolean;
}

/** Neighbours that are always enough to estimate without the strongest hubs. */
export function neighboursWanted(points: number): number {
  return Math.max(GRIDE_NEIGHBOURS, Math.ceil(points / 100) + 2);
}

/**
 * Plans within a budget: at first at most 256 neighbours, then as many as are always enough; only 256,
 * or only 64, when those do not fit.
 *
 * @param name Name of the file, for errors.
 * @throws {RunError} When not even 64 neighbours fit.
 */
export function planPointsMemory(
  name: string,
  points: number,
  features: number,
  memoryBytes: number,
): PointsMemory {
  const planned = memoryBytes * PLANNED_SHARE;
  const coordinates = 4 * points * features;
  const fromFile = 2 * 4 * points * slabWidth(points, features);
  const wanted = neighboursWanted(points);
  for (const most of new Set([wanted, Math.min(wanted, MOST_NEIGHBOURS), GRIDE_NEIGHBOURS])) {
    const neighbours = [...new Set([Math.min(most, MOST_NEIGHBOURS), most])];
    const left = planned - listBytes(points, most);
    if (coordinates <= left) return { neighbours, inMemory: true };
    if (fromFile <= left) return { neighbours, inMemory: false };
  }
  const needed = (listBytes(points, GRIDE_NEIGHBOURS) + Math.min(coordinates, fromFile)) /
    PLANNED_SHARE;
  throw new RunError(
    `${name}: ${points} points of ${features} features need ${formatBytes(Math.ceil(needed))}, ` +
      `--memory gives ${formatBytes(memoryBytes)}; wanted more memory or fewer points (--samples)`,
  );
}

/** Columns of a slab; a file needs memory for two slabs of all points. */
export function slabWidth(points: number, features: number): number {
  const fitting = Math.floor(SLAB_BYTES / (4 * points));
  return Math.min(features, WIDEST_SLAB, Math.max(NARROWEST_SLAB, fitting));
}

/** Room for n x d coordinates where the plan puts them. */
export function openFeatures(
  points: number,
  features: number,
  inMemory: boolean,
  temporaryFolder: string,
): Features {
  return inMemory
    ? featuresInMemory(points, features)
    : featuresInFile(points, features, `${temporaryFolder}/points-${crypto.randomUUID()}`);
}

/** Lists, and the candidates that they are chosen from, a quarter and at least six more, with as much room again. */
function listBytes(points: number, wanted: number): number {
  const neighbours = Math.min(wanted, points - 1);
  const candidates = Math.min(points - 1, neighbours + Math.max(6, Math.ceil(neighbours / 4)));
  return points * (NEIGHBOUR_BYTES * (neighbours + roomFor(candidates)) + ESTIMATOR_BYTES);
}
