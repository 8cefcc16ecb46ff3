/**
 * How long the training runs that are not cached will take: from runs of the same network that were
 * timed on this device, else from a few steps.
 *
 * @module
 */
import type { Device } from "../device/mod.ts";
import { OUTPUT } from "../nets/mod.ts";
import { type Batch, TARGETS, trainingForm } from "../train/mod.ts";
import type { TimeEstimate } from "./estimate_time.ts";
import { loadContext } from "./execute.ts";
import type { LoadContext } from "./networks.ts";
import type { RunPlan } from "./plan_cells.ts";
import type { Store } from "./store.ts";
import { initialNetwork, type PlannedTraining } from "./training_cell.ts";

/** Steps that are timed, after as many that are not: the first ones are slower. */
const TRIAL_STEPS = 5;

/** One estimate for all replicates of a training run. */
export async function estimateTrainings(plan: RunPlan, store: Store): Promise<TimeEstimate[]> {
  const estimates: TimeEstimate[] = [];
  for (const first of plan.trainings.all.filter(({ replicate }) => replicate === 0)) {
    const runs = plan.trainings.all.filter(({ networks }) => networks === first.networks);
    const artifacts = await Promise.all(runs.map(({ cell }) => store.get(cell)));
    const times = artifacts.flatMap((artifact) => artifact ? [artifact.seconds] : []);
    const left = runs.length - times.length;
    const base = {
      network: `training ${first.spec.id}`,
      cells: runs.length,
      cached: times.length,
    };
    if (left === 0) {
      estimates.push({ ...base, seconds: 0, basis: "all cached" });
    } else if (times.length > 0) {
      const each = times.reduce((sum, time) => sum + time, 0) / times.length;
      estimates.push({ ...base, seconds: left * each, basis: "cached runs" });
    } else {
      const seconds = left * stepsOf(first) * await trialStep(first, plan);
      estimates.push({ ...base, seconds, basis: `a trial of ${TRIAL_STEPS} steps` });
    }
  }
  return estimates;
}

function stepsOf({ training, set }: PlannedTraining): number {
  const images = (training.trainImages ?? set.size) * (1 - training.validationShare);
  return training.epochs * Math.floor(images / training.batchSize);
}

/** Seconds a step. */
async function trialStep(planned: PlannedTraining, { engine }: RunPlan): Promise<number> {
  const { spec, training, set, seed } = planned;
  const { width, height, channels } = set.shape;
  const form = trainingForm(initialNetwork(spec, seed), {
    batch: training.batchSize,
    image: [channels, height, width],
    logits: OUTPUT,
    frozen: training.frozen,
  });
  const { method, weightDecay, groups, clipNorm } = training;
  const trainer = await engine.open(form, { method, weightDecay, groups, clipNorm });
  const zeros = (dims: readonly number[]) => ({
    dims,
    data: new Float32Array(dims.reduce((product, size) => product * size, 1)),
  });
  const batch: Batch = {
    [form.images]: zeros([form.batch, channels, height, width]),
    [TARGETS]: zeros([form.batch, form.classes]),
    ...Object.fromEntries(form.masks.map(({ input, shape }) => [input, zeros(shape)])),
  };
  try {
    for (let step = 0; step < TRIAL_STEPS; step++) await trainer.step(batch, 0);
    const start = performance.now();
    for (let step = 0; step < TRIAL_STEPS; step++) await trainer.step(batch, 0);
    return (performance.now() - start) / 1000 / TRIAL_STEPS;
  } finally {
    await trainer.release();
  }
}

/** Loads networks with their first weights in place of those that training would give. */
export function withInitialWeights(plan: RunPlan, device: Device): LoadContext {
  return {
    ...loadContext(plan, [], device),
    trainingOf: () => ({ weights: () => new Map() }),
  };
}
