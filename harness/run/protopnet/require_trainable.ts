/**
 * What the images of a model must be like: told before anything is trained, not hours later.
 *
 * @module
 */
import { UsageError } from "../../base/mod.ts";
import type { ProtopnetProfile } from "../../spec/mod.ts";
import type { Store } from "../store.ts";
import { type ModelImages, modelImages } from "./model_images.ts";
import type { PlannedModel } from "./planned_models.ts";

/**
 * Refuses models whose images they cannot learn from. Models that are in the store already need no
 * images.
 *
 * @throws {UsageError} When a batch is larger than the training images, parts or their variants are wanted
 * and not known, or a class has fewer training images than prototypes, or none that prototypes may be
 * projected onto.
 */
export async function requireTrainable(
  planned: readonly PlannedModel[],
  profile: ProtopnetProfile,
  store: Store,
): Promise<void> {
  for (const model of planned) {
    if (model.cell && await store.has(model.cell)) continue;
    requireImages(model, await imagesOf(model, profile), profile);
  }
}

function imagesOf({ spec, set, seed }: PlannedModel, { stages, trainings }: ProtopnetProfile) {
  if (spec.kind === "part-oracle") return modelImages(set, [], seed);
  const recipe = spec.kind === "protopnet" ? stages[spec.stages]! : trainings[spec.training]!;
  return modelImages(set, recipe.augmentation, seed);
}

function requireImages(
  { spec }: PlannedModel,
  images: ModelImages,
  { data, stages, trainings }: ProtopnetProfile,
): void {
  const { set } = data[spec.data]!;
  const batch = spec.kind === "part-oracle"
    ? 1
    : spec.kind === "protopnet"
    ? stages[spec.stages]!.batchSize
    : trainings[spec.training]!.batchSize;
  const { length } = images.train.images.labels;
  if (batch > length) {
    throw new UsageError(
      `${spec.id}: found batches of ${batch} and ${length} training images, wanted at most as many`,
    );
  }
  const wanted = (what: string) =>
    new UsageError(
      `${spec.id}: found no known ${what} in the data set "${spec.data}" (${set}), wanted what ` +
        `${spec.kind} learns from`,
    );
  if (spec.kind === "part-pool" && !images.parts) throw wanted("parts");
  if (spec.kind === "part-oracle" && !(images.parts && images.scenes)) {
    throw wanted("variants of parts");
  }
  if (spec.kind === "protopnet") requirePatches(spec.id, spec.prototypes.perClass, images);
}

function requirePatches(id: string, perClass: number, { train, complete }: ModelImages): void {
  const { classes, labels } = train.images;
  const counts = classes.map(() => ({ all: 0, complete: 0 }));
  for (const [at, label] of labels.entries()) {
    counts[label]!.all++;
    if (!complete || complete[at] === 1) counts[label]!.complete++;
  }
  const found = (label: number) =>
    `${id}: class "${classes[label]}": found ${counts[label]!.all} training images`;
  const few = counts.findIndex(({ all }) => all < perClass);
  if (few >= 0) {
    throw new UsageError(
      `${
        found(few)
      } for ${perClass} prototypes, wanted at least ${perClass} images, or a smaller ` +
        "prototypes.perClass",
    );
  }
  const none = counts.findIndex((count) => count.complete === 0);
  if (none >= 0) {
    throw new UsageError(
      `${
        found(none)
      }, none with all parts, wanted at least one for its prototypes to become patches ` +
        "of: more images a class",
    );
  }
}
