/**
 * The two engines on the joint training of a ProtoPNet, step by step.
 *
 * @module
 */
import type { ModelEntry } from "../../../datasets/mod.ts";
import { OUTPUT } from "../../nets/mod.ts";
import { prototypeTerms, stageOptimiser, stageParameters } from "../../prototypes/training/mod.ts";
import type { AgreementResult, ProtopnetProfile } from "../../spec/mod.ts";
import { engineAgreement, imageBatch, shuffledBatches, trainingForm } from "../../train/mod.ts";
import type { Cell } from "../cell.ts";
import { comparedEngines, type Comparison, comparisonKey } from "../compared_engines.ts";
import { augmentationOf } from "../data_sets/augmentation_of.ts";
import type { TrainingPlace } from "../training_cell.ts";
import { prototypeNetwork } from "./models.ts";
import type { PlannedModel, ProtopnetPlan } from "./planned_models.ts";
import { readyModel, settingsOf } from "./train_model.ts";

/** Version of the comparison. */
const AGREEMENT_VERSION = 2;

/** Steps after which the engines are compared. */
const STEPS = [1, 10, 50];

/** The models of a plan on which the engines are compared: ProtoPNets, the first replicate. */
export function comparedModels({ profile, models }: ProtopnetPlan): PlannedModel[] {
  const ids = profile.agreement?.models ?? [];
  return models.filter(({ spec, replicate }) =>
    spec.kind === "protopnet" && replicate === 0 && ids.includes(spec.id)
  );
}

/** Compares the engine of the run with another or with itself, or takes that from the store. */
export async function modelAgreement(
  planned: PlannedModel,
  profile: ProtopnetProfile,
  files: ReadonlyMap<string, ModelEntry>,
  against: Comparison,
  place: TrainingPlace,
): Promise<{ result: AgreementResult; cached: boolean }> {
  const { engine, device, store, progress, signal } = place;
  const { batchSize } = profile.agreement!;
  const { stage: _, version: __, ...trained } = planned.cell!;
  const cell: Cell = {
    stage: "model-agreement",
    version: AGREEMENT_VERSION,
    ...trained,
    parameters: { ...trained.parameters, batchSize, steps: STEPS, ...comparisonKey(against) },
  };
  const { artifact, cached } = await store.compute(cell, signal, async () => {
    const engines = await comparedEngines(engine, against, device);
    const { images, setting, backbone, backboneSpec } = await readyModel(planned, profile, files);
    const { spec, seed } = planned;
    if (spec.kind !== "protopnet") throw new TypeError("Engines are compared on ProtoPNets");
    const net = prototypeNetwork(backbone, spec, setting);
    const stages = profile.stages[spec.stages]!;
    const settings = settingsOf(stages, seed, backboneSpec.frozen);
    const { channels, height, width, labels } = images.train.images;
    const form = trainingForm(net.training, {
      batch: batchSize,
      image: [channels, height, width],
      logits: OUTPUT,
      ...stageParameters(settings, "joint"),
      crossEntropy: settings.coefficients.crossEntropy,
      terms: prototypeTerms(net.classOf, net.classes, net.depth, settings.coefficients),
    });
    const last = Math.max(...STEPS);
    const change = augmentationOf(stages.augmentation, setting.shape);
    const batches = shuffledBatches(labels.length, batchSize, seed, 0).slice(0, last)
      .map((members) => imageBatch(form, images.train, members, change, { seed, epoch: 0 }));
    const task = progress.begin(
      `${engines.map(({ name }) => name).join(" and ")} on ${spec.id}`,
      last,
      "items",
    );
    try {
      const steps = await engineAgreement(
        engines,
        form,
        stageOptimiser(settings, "joint", form.parameters),
        batches,
        1,
        STEPS,
        signal,
        () => task.advance(1),
      );
      return {
        network: spec.id,
        engines: [engines[0].name, engines[1].name],
        batchSize,
        steps,
      } satisfies AgreementResult;
    } finally {
      task.finish();
    }
  });
  return { result: artifact.payload as AgreementResult, cached };
}
