/**
 * Different places for the prototypes of a class.
 *
 * @module
 */
import { RunError } from "../base/mod.ts";
import type { Candidate } from "./source_patch.ts";

/**
 * Gives each prototype a candidate of its own, greedily: of all pairs the nearest first, ties by
 * prototype and then by order of the candidates; a pair counts when both are still free.
 *
 * @param label The class, for the error.
 * @param candidates By prototype, ascending by distance: the best m for m prototypes.
 * @throws {RunError} When there are fewer places than prototypes.
 */
export function distinctPatches(
  label: number,
  candidates: readonly (readonly Candidate[])[],
): Candidate[] {
  const pairs = candidates.flatMap((list, at) => list.map((candidate) => ({ at, candidate })))
    .sort((a, b) => a.candidate.distance - b.candidate.distance || a.at - b.at);
  const taken = new Set<string>();
  const assigned: Candidate[] = [];
  let free = candidates.length;
  for (const { at, candidate } of pairs) {
    const place = `${candidate.image}:${candidate.cell}`;
    if (assigned[at] !== undefined || taken.has(place)) continue;
    taken.add(place);
    assigned[at] = candidate;
    if (--free === 0) break;
  }
  if (free > 0) {
    throw new RunError(
      `projection: class ${label} has ${taken.size} different patches, wanted ${candidates.length}, ` +
        "one for each prototype",
    );
  }
  return assigned;
}
