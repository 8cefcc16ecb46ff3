/**
 * The cells that compare the two engines on networks of a profile, and one engine with itself after a
 * change in the last place of its first weights: what rounding alone does to the same training.
 *
 * @module
 */
import type { AgreementResult } from "../spec/mod.ts";
import type { Device } from "../device/mod.ts";
import { NETS_VERSION, OUTPUT } from "../nets/mod.ts";
import { engineAgreement } from "../train/agreement.ts";
import { imageBatch, trainingForm } from "../train/mod.ts";
import { shuffledBatches } from "../train/shuffled_batches.ts";
import type { Cell } from "./cell.ts";
import {
  comparedEngines,
  type Comparison,
  comparisonKey,
  COMPARISONS,
} from "./compared_engines.ts";
import { augmentationOf } from "./data_sets/augmentation_of.ts";
import type { RunPlan } from "./plan_cells.ts";
import { prepareTraining } from "./prepare_training.ts";
import {
  initialNetwork,
  type PlannedTraining,
  recipeOf,
  type TrainingPlace,
} from "./training_cell.ts";

/** Version of the comparison. */
const AGREEMENT_VERSION = 3;

/** Steps after which the engines are compared. */
const STEPS = [1, 10, 50];

/** Images in a batch where the profile does not say: few, for TensorFlow.js' slow kernels. */
const FEW = 4;

/** A comparison before it starts. */
export interface PlannedAgreement {
  /** Id of the network. */
  readonly network: string;
  readonly against: Comparison;
  readonly training: PlannedTraining;
  readonly batchSize: number;
  readonly cell: Cell;
}

/** The comparisons that the profile wants; where the run trains none of these, one of its first network. */
export function planAgreements(plan: RunPlan, device: Device): PlannedAgreement[] {
  const { networks = [], batchSize = FEW } = plan.profile.agreement ?? {};
  const named = networks.flatMap((network) => {
    const training = plan.trainings.of(network, 0);
    return training ? [{ network, training }] : [];
  });
  const first = plan.trainings.all.slice(0, 1)
    .map((training) => ({ network: trainedToTheEnd(plan, training), training }));
  const compared = named.length > 0 ? named : first;
  const all = compared.flatMap((one) => COMPARISONS.map((against) => ({ ...one, against })));
  return all.map(({ network, training, against }) => {
    const { method, weightDecay, clipNorm, groups, schedule, frozen } = training.training;
    const { labels, labelNoise = null, trainImages = null, validationShare } = training.training;
    const cell: Cell = {
      stage: "agreement",
      version: AGREEMENT_VERSION,
      parameters: {
        network: recipeOf(training.spec),
        nets: NETS_VERSION,
        optimiser: { method, weightDecay, clipNorm, groups },
        learningRate: schedule.base,
        augmentation: training.training.augmentation,
        frozen,
        images: { labels, labelNoise, trainImages, validationShare },
        seed: training.seed,
        batchSize,
        steps: STEPS,
        ...comparisonKey(against),
        engine: plan.engine.name,
        device: device.kind,
        threads: device.threads,
        runtime: device.runtime,
        adapter: device.adapter?.description ?? null,
      },
      inputs: { images: training.set.identity },
    };
    return { network, against, training, batchSize, cell };
  });
}

/** Of the networks at several moments of one training, the one at its end; the first where none is. */
function trainedToTheEnd({ networks }: RunPlan, training: PlannedTraining): string {
  const end = networks.find(({ spec }) =>
    spec.kind === "trained" && !spec.after && training.networks.includes(spec.id)
  );
  return end?.spec.id ?? training.spec.id;
}

/** Compares, or takes the comparison from the store. */
export async function runAgreement(
  { network, against, training, batchSize, cell }: PlannedAgreement,
  { engine, device, store, progress, signal }: TrainingPlace,
): Promise<{ result: AgreementResult; cached: boolean }> {
  const { artifact, cached } = await store.compute(cell, signal, async () => {
    const engines = await comparedEngines(engine, against, device);
    const { train } = await prepareTraining(training);
    const { width, height, channels, labels } = train.images;
    const { spec, seed, set } = training;
    const { method, weightDecay, clipNorm, groups, augmentation, schedule, frozen } =
      training.training;
    const form = trainingForm(initialNetwork(spec, seed), {
      batch: batchSize,
      image: [channels, height, width],
      logits: OUTPUT,
      frozen,
    });
    const last = Math.max(...STEPS);
    const change = augmentationOf(augmentation, set.shape);
    const batches = shuffledBatches(labels.length, batchSize, seed, 0).slice(0, last)
      .map((members) => imageBatch(form, train, members, change, { seed, epoch: 0 }));
    const task = progress.begin(
      `${engines.map(({ name }) => name).join(" and ")} on ${spec.id}`,
      last,
      "items",
    );
    try {
      const steps = await engineAgreement(
        engines,
        form,
        { method, weightDecay, clipNorm, groups },
        batches,
        schedule.base,
        STEPS,
        signal,
        () => task.advance(1),
      );
      return {
        network,
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
