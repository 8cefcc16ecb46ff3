/**
 * Running the cells of a plan, each taken from the store when it is there.
 *
 * @module
 */
import { type Progress, RunError } from "../base/mod.ts";
import type { Device } from "../device/mod.ts";
import { type LayerProfile, LayerProfiler } from "./profile_layers.ts";
import type { ProfileCell, RunPlan } from "./plan_cells.ts";
import type { NetworkSource } from "./networks.ts";
import type { Store } from "./store.ts";

/** What a cell of an ID profile leaves in the store. */
export interface ProfilePayload {
  readonly parameters: number;
  readonly layers: readonly LayerProfile[];
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

/**
 * Computes what the store lacks. A network is loaded once, when its first missing cell comes.
 *
 * @throws {RunError} When a cell fails; what was computed before stays in the store.
 */
export async function executePlan(plan: RunPlan, context: RunContext): Promise<FinishedCell[]> {
  const finished: FinishedCell[] = [];
  for (const network of plan.networks) {
    const cells = plan.cells.filter((cell) => cell.network === network);
    finished.push(...await executeNetwork(network, cells, plan, context));
  }
  return finished;
}

async function executeNetwork(
  network: NetworkSource,
  cells: readonly ProfileCell[],
  plan: RunPlan,
  { device, store, memoryBytes, progress, signal }: RunContext,
): Promise<FinishedCell[]> {
  await using opened = new AsyncDisposableStack();
  let loaded: Promise<{ profiler: LayerProfiler; parameters: number }> | undefined;
  const load = async () => {
    const ready = await network.load(device);
    const profiler = opened.use(
      await LayerProfiler.open(ready, device, {
        samples: plan.samples,
        memoryBytes,
        temporaryFolder: store.temporaryFolder,
      }),
    );
    return { profiler, parameters: ready.parameters };
  };
  const finished: FinishedCell[] = [];
  for (const cell of cells) {
    signal.throwIfAborted();
    const { artifact, cached } = await store.compute(cell.cell, signal, async () => {
      const label = `${network.spec.id} on ${cell.group.label}`;
      const task = progress.begin(label, plan.samples, "images");
      try {
        const { profiler, parameters } = await (loaded ??= load());
        const layers = await profiler.profile(cell.group, {
          batchSize: plan.profile.batchSize,
          seed: plan.seed,
          signal,
        }, task);
        return { parameters, layers } satisfies ProfilePayload;
      } finally {
        task.finish();
      }
    });
    finished.push({ cell, payload: artifact.payload as ProfilePayload, cached });
  }
  return finished;
}

/** @throws {RunError} When a plan has nothing to run. */
export function requireCells(plan: RunPlan): void {
  if (plan.cells.length > 0) return;
  throw new RunError(
    `profile ${plan.profileName}: none of its networks is there: ` +
      plan.missing.map(({ id, fetch }) => `${id} (${fetch})`).join(", "),
  );
}
