/**
 * Data sets, recipes and training runs of `result.json`.
 *
 * @module
 */
import type { Result, TrainingResult, TrainingSpec } from "../spec/mod.ts";
import { dataNameOf } from "./networks.ts";
import type { RunPlan } from "./plan_cells.ts";
import type { PlannedTraining, StoredTraining } from "./training_cell.ts";

/** Every data set that a network of the plan uses. */
export function dataResults(plan: RunPlan): Result["data"] {
  return [...plan.sets].flatMap(([id, { title, source }]) => {
    const groups = plan.groups.filter(({ data }) => data === id);
    return groups.length === 0 ? [] : [{
      id,
      title,
      source,
      groups: groups.map(({ group, replicate, digest }) => ({
        id: group.id,
        label: group.label,
        replicate,
        n: group.names.length,
        sha256: digest,
      })),
    }];
  });
}

/** Every recipe that a network of the plan was trained by. */
export function recipeResults({ profile, trainings }: RunPlan): Result["recipes"] {
  const used = new Set(trainings.all.map(({ spec }) => spec.training));
  return [...used].map((id) => {
    const recipe = profile.trainings[id]!;
    return { id, description: recipe.description, settings: trainingInWords(recipe) };
  });
}

/** One training run. */
export function trainingResult(
  { networks, spec, replicate }: PlannedTraining,
  { record }: StoredTraining,
  { profile, engine }: RunPlan,
): TrainingResult {
  return {
    networks: [...networks],
    replicate,
    data: dataNameOf(spec, profile),
    recipe: spec.training,
    engine: engine.name,
    ...record,
  };
}

/** A recipe in words. */
export function trainingInWords(recipe: TrainingSpec): string {
  const { method, schedule, weightDecay, augmentation, epochs, batchSize, labels, labelNoise } =
    recipe;
  const optimiser = method.name === "sgd"
    ? `SGD, momentum ${method.momentum}${method.nesterov ? " (Nesterov)" : ""}`
    : method.name === "adam"
    ? "Adam"
    : "AdamW";
  const rate = {
    constant: `learning rate ${schedule.base}`,
    cosine: `learning rate ${schedule.base}, cosine to 0`,
    step: schedule.kind === "step"
      ? `learning rate ${schedule.base}, times ${schedule.factor} every ${schedule.everyEpochs} epochs`
      : "",
  }[schedule.kind];
  return [
    `${epochs} epochs, batches of ${batchSize}`,
    optimiser,
    rate,
    weightDecay > 0 && `weight decay ${weightDecay}`,
    recipe.clipNorm !== null && `gradients clipped to norm ${recipe.clipNorm}`,
    augmentation.length > 0 && augmentationInWords(augmentation, recipe.copies ?? null),
    recipe.trainImages !== undefined && `${recipe.trainImages} images`,
    labels === "shuffled" && "labels permuted once",
    labelNoise !== undefined && `${100 * labelNoise} % of the labels drawn anew`,
    recipe.patience !== null && `stops after ${recipe.patience} epochs without a lower ` +
      "validation loss",
  ].filter(Boolean).join("; ");
}

/**
 * "fresh one of rotate, skew, shear, and flip".
 *
 * @param copies Number of fixed copies; null: anew each epoch.
 */
export function augmentationInWords(
  augmentation: TrainingSpec["augmentation"],
  copies: number | null,
): string {
  const changes = augmentation.map((change) =>
    change.kind === "oneOf"
      ? `one of ${change.of.map(({ kind }) => kind).join(", ")},`
      : change.kind
  ).join(" and ");
  return `${copies === null ? "fresh" : `${copies} fixed copies of each image by`} ${changes}`;
}
