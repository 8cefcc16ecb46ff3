/**
 * Neighbours of all points and the estimates that rest on them, with lists as short as will do.
 *
 * @module
 */
import { type Progress, randomStream } from "../base/mod.ts";
import type { Device } from "../device/mod.ts";
import {
  estimateAll,
  type Features,
  findNeighbours,
  logRatios,
  type Neighbours,
} from "../estimators/mod.ts";

/** What the search is done with. */
export interface SearchContext {
  readonly device: Device;
  readonly progress: Progress;
  readonly signal: AbortSignal;
}

/**
 * Estimates from the first lists that reach past the strongest hubs.
 *
 * @param neighbours Numbers of neighbours to list, ascending; the later ones are rarely needed.
 * @returns Without the estimate without the strongest hubs where no list reaches past them.
 * @throws {RangeError} When too few points differ.
 */
export async function reachPastHubs(
  coordinates: Features,
  [neighbours, ...more]: readonly number[],
  seed: number,
  context: SearchContext,
): Promise<Neighbours & { all: ReturnType<typeof estimateAll> }> {
  const found = await search(coordinates, neighbours!, context);
  // Too few ratios would be too few with longer lists as well.
  logRatios(found.lists);
  try {
    const all = estimateAll(found.lists, found.matrix, randomStream(seed, "points"));
    const reached = all.hub.twonn_fit_without_top_1_percent !== null;
    if (reached || more.length === 0) return { ...found, all };
  } catch (error) {
    if (!(error instanceof RangeError) || more.length === 0) throw error;
  }
  return await reachPastHubs(coordinates, more, seed, context);
}

async function search(
  coordinates: Features,
  neighbours: number,
  { device, progress, signal }: SearchContext,
) {
  const { points } = coordinates;
  const task = progress.begin("comparing points", points, "items");
  let done = 0;
  try {
    return await findNeighbours(device, coordinates, neighbours, {
      signal,
      onShare(share) {
        const now = Math.floor(share * points);
        task.advance(now - done);
        done = now;
      },
    });
  } finally {
    task.finish();
  }
}
