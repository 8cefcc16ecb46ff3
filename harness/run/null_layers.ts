/**
 * The layers at which Gaussian points stand beside the data.
 *
 * @module
 */
import { didYouMean, RunError } from "../base/mod.ts";
import { lastHidden } from "../claims/mod.ts";
import type { Checkpoint } from "../graph/mod.ts";

/** A network's layers, and the depth of the complete network where its file holds a part of it. */
export interface LayersOfNetwork {
  readonly id: string;
  readonly checkpoints: readonly Checkpoint[];
  readonly fullDepth: number | undefined;
}

/**
 * The layers with these names, or the last hidden one; none where the file ends before that.
 *
 * @throws {RunError} When the network has no layer of a name.
 */
export function nullLayers(
  { id, checkpoints, fullDepth }: LayersOfNetwork,
  names: readonly string[] | undefined,
): Set<Checkpoint> {
  if (!names) {
    const depth = fullDepth ?? checkpoints.at(-1)!.depth;
    const last = lastHidden({ fullDepth: depth, layers: checkpoints });
    return new Set(last === undefined ? [] : [checkpoints[last]!]);
  }
  return new Set(names.map((name) => {
    const found = checkpoints.find((checkpoint) => checkpoint.name === name);
    if (found) return found;
    const known = checkpoints.map((checkpoint) => checkpoint.name);
    const hint = didYouMean(name, known) || `, wanted some of ${known.join(", ")}`;
    throw new RunError(
      `Cannot profile ${id}: pca.nullLayers names "${name}", no layer of it${hint}`,
    );
  }));
}
