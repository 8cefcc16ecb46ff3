/**
 * Running the cells of a plan, each taken from the store when it is there.
 *
 * @module
 */
import { imageAt } from "../../datasets/mod.ts";
import { permutation, type Progress, randomStream, RunError } from "../base/mod.ts";
import type { Device } from "../device/mod.ts";
import { SpareArrays } from "../estimators/mod.ts";
import type { AgreementResult } from "../spec/mod.ts";
import { writeImage } from "../train/mod.ts";
import { planAgreements, runAgreement } from "./engine_agreement.ts";
import type { LoadContext, NetworkSource } from "./networks.ts";
import type { ProfileCell, RunPlan } from "./plan_cells.ts";
import { type CorrectAnswers, type LayerProfile, LayerProfiler } from "./profile_layers.ts";
import type { Store } from "./store.ts";
import { type PlannedTraining, runTraining, type StoredTraining } from "./training_cell.ts";

/** What a cell of an ID profile leaves in the store. */
export interface ProfilePayload {
  readonly parameters: number;
  readonly layers: readonly LayerProfile[];
  /** Where the cell names the class of its images. */
  readonly correct?: CorrectAnswers;
}

/** A cell with its result. */
export interface FinishedCell {
  readonly cell: ProfileCell;
  readonly payload: ProfilePayload;
  readonly cached: boolean;
}

/** What a run needs besides its plan. */
export interface RunContext {
  readonly device: Device;
  readonly store: Store;
  readonly memoryBytes: number;
  readonly progress: Progress;
  readonly signal: AbortSignal;
}

/** A training run with its result. */
export interface FinishedTraining {
  readonly planned: PlannedTraining;
  readonly trained: StoredTraining;
  readonly cached: boolean;
}

/** A comparison of the engines with its result. */
export interface FinishedAgreement {
  readonly result: AgreementResult;
  readonly cached: boolean;
}

/** Everything that a plan asked for. */
export interface FinishedPlan {
  readonly cells: readonly FinishedCell[];
  readonly trainings: readonly FinishedTraining[];
  readonly agreements: readonly FinishedAgreement[];
}

/**
 * Computes what the store lacks: first the training runs, then the comparisons of the engines, then the
 * profiles. A network is loaded once for each replicate, when its first missing cell comes.
 *
 * @throws {RunError} When a cell fails; what was computed before stays in the store.
 */
export async function executePlan(plan: RunPlan, context: RunContext): Promise<FinishedPlan> {
  const trainings: FinishedTraining[] = [];
  for (const planned of plan.trainings.all) {
    context.signal.throwIfAborted();
    trainings.push({
      planned,
      ...await runTraining(planned, { ...context, engine: plan.engine }),
    });
  }
  const agreements: FinishedAgreement[] = [];
  for (const planned of planAgreements(plan, context.device)) {
    agreements.push(await runAgreement(planned, { ...context, engine: plan.engine }));
  }
  const load = loadContext(plan, trainings, context.device);
  const spare = new SpareArrays();
  const cells: FinishedCell[] = [];
  for (const network of plan.networks) {
    for (let replicate = 0; replicate < plan.profile.replicates; replicate++) {
      const own = plan.cells.filter((cell) =>
        cell.network === network && cell.replicate === replicate
      );
      cells.push(...await executeNetwork(network, own, plan, load, { ...context, spare }));
    }
  }
  return { cells, trainings, agreements };
}

/** Batches on which batch normalisation is calibrated, and images a batch. */
const CALIBRATION = { batches: 32, images: 32 } as const;

/** What loading the networks of a plan needs. */
export function loadContext(
  plan: RunPlan,
  trainings: readonly FinishedTraining[],
  device: Device,
): LoadContext {
  return {
    device,
    trainingOf(network, replicate) {
      const planned = plan.trainings.of(network, replicate);
      return trainings.find((finished) => finished.planned === planned)!.trained;
    },
    async *calibrationBatches(data, replicate) {
      const set = await plan.sets.get(data)!.training!(replicate);
      const { train } = await set.load([]);
      const { height, width, channels, labels } = train.images;
      const random = randomStream(plan.seed + replicate, "calibration");
      const order = permutation(random, labels.length);
      const pixels = height * width * channels;
      for (let batch = 0; batch < CALIBRATION.batches; batch++) {
        const values = new Float32Array(CALIBRATION.images * pixels);
        for (let at = 0; at < CALIBRATION.images; at++) {
          const member = order[(batch * CALIBRATION.images + at) % order.length]!;
          writeImage(train, member, imageAt(train.images, member), values, at * pixels);
        }
        yield { dims: [CALIBRATION.images, channels, height, width], data: values };
      }
    },
  };
}

async function executeNetwork(
  network: NetworkSource,
  cells: readonly ProfileCell[],
  plan: RunPlan,
  loadWith: LoadContext,
  { device, store, memoryBytes, progress, signal, spare }: RunContext & { spare: SpareArrays },
): Promise<FinishedCell[]> {
  await using opened = new AsyncDisposableStack();
  // All groups of a data set are of one size.
  const samples = cells[0]?.group.names.length ?? 0;
  let loaded: Promise<{ profiler: LayerProfiler; parameters: number }> | undefined;
  const load = async (replicate: number) => {
    const ready = await network.load(loadWith, replicate);
    const profiler = opened.use(
      await LayerProfiler.open(ready, device, {
        samples,
        memoryBytes,
        temporaryFolder: store.temporaryFolder,
        spare,
      }),
    );
    return { profiler, parameters: ready.parameters };
  };
  const finished: FinishedCell[] = [];
  for (const cell of cells) {
    signal.throwIfAborted();
    const { artifact, cached } = await store.compute(cell.cell, signal, async () => {
      const label = `${network.spec.id} on ${cell.group.label}`;
      const task = progress.begin(label, samples, "images");
      try {
        const { profiler, parameters } = await (loaded ??= load(cell.replicate));
        const layers = await profiler.profile(cell.group, {
          batchSize: plan.profile.batchSize,
          seed: plan.seed,
          signal,
          ...(plan.profile.pca && {
            pca: { spec: plan.profile.pca, fullDepth: fullDepthOf(network) },
          }),
        }, task);
        return {
          parameters,
          layers,
          ...(cell.target !== undefined && { correct: profiler.countCorrect(cell.target) }),
        } satisfies ProfilePayload;
      } finally {
        task.finish();
      }
    });
    finished.push({ cell, payload: artifact.payload as ProfilePayload, cached });
  }
  return finished;
}

function fullDepthOf({ spec }: NetworkSource): number | undefined {
  return spec.kind === "onnx" ? spec.fullDepth : undefined;
}

/** @throws {RunError} When a plan has nothing to run. */
export function requireCells(plan: RunPlan): void {
  if (plan.cells.length > 0) return;
  throw new RunError(
    `profile ${plan.profileName}: none of its networks is there: ` +
      plan.missing.map(({ id, fetch }) => `${id} (${fetch})`).join(", "),
  );
}
