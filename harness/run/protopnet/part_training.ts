/**
 * What a network that pools under part maps is trained on.
 *
 * @module
 */
import { UsageError } from "../../base/mod.ts";
import type { Backbone } from "../../nets/mod.ts";
import { PART_CELLS, partCells, partTerm } from "../../prototypes/training/mod.ts";
import type { ComparatorSpec } from "../../spec/mod.ts";
import type { ModelImages } from "./model_images.ts";
import { type ModelSetting, partNetwork } from "./models.ts";

/** Weight of the cross-entropy of the part maps beside that of the classes. */
const PART_WEIGHT = 1;

/**
 * The network, its images with the cells of their parts, and the further term of its loss.
 *
 * @throws {UsageError} When the images tell nothing of parts.
 */
export function partTraining(
  backbone: Backbone,
  spec: ComparatorSpec,
  setting: ModelSetting,
  { train, parts }: ModelImages,
) {
  if (!parts) {
    throw new UsageError(`${spec.id}: found images without known parts, wanted some to learn from`);
  }
  const truths = train.images.names.map((name) => parts.truth(name));
  return {
    network: partNetwork(backbone, spec, setting).predicted,
    train: { ...train, perImage: new Map([[PART_CELLS, partCells(truths, backbone)]]) },
    terms: [partTerm(PART_WEIGHT)],
  };
}
