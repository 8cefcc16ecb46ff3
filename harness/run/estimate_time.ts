/**
 * How long the cells that are not cached will take: from cells of the same network that were timed on
 * this device, else from a few images.
 *
 * @module
 */
import type { Device } from "../device/mod.ts";
import { silentProgress } from "../base/mod.ts";
import { estimateTrainings, withInitialWeights } from "./estimate_training.ts";
import type { NetworkSource } from "./networks.ts";
import type { ProfileCell, RunPlan } from "./plan_cells.ts";
import { LayerProfiler } from "./profile_layers.ts";
import type { Store } from "./store.ts";

/** Images of the trial. */
const TRIAL = 32;

/** Bytes that its activations may take. */
const TRIAL_MEMORY = 2 ** 30;

/** What one network of a plan will cost. */
export interface TimeEstimate {
  readonly network: string;
  readonly cells: number;
  readonly cached: number;
  /** For the cells that are not cached. */
  readonly seconds: number;
  /** Where the number comes from. */
  readonly basis: string;
}

/** One estimate a training run, then one a network. */
export async function estimateTime(
  plan: RunPlan,
  device: Device,
  store: Store,
): Promise<TimeEstimate[]> {
  const estimates: TimeEstimate[] = await estimateTrainings(plan, store);
  for (const network of plan.networks) {
    const cells = plan.cells.filter((cell) => cell.network === network);
    const artifacts = await Promise.all(cells.map(({ cell }) => store.get(cell)));
    const times = artifacts.flatMap((artifact) => artifact ? [artifact.seconds] : []);
    const left = cells.length - times.length;
    const base = { network: network.spec.id, cells: cells.length, cached: times.length };
    if (left === 0) {
      estimates.push({ ...base, seconds: 0, basis: "all cached" });
    } else if (times.length > 0) {
      const each = times.reduce((sum, time) => sum + time, 0) / times.length;
      estimates.push({ ...base, seconds: left * each, basis: "cached cells" });
    } else {
      const { load, image } = await trial(network, cells[0]!, plan, device, store);
      const seconds = load + left * cells[0]!.group.names.length * image;
      const basis = `a trial of ${TRIAL} images${plan.profile.pca ? ", PCA not counted" : ""}`;
      estimates.push({ ...base, seconds, basis });
    }
  }
  return estimates;
}

/** Seconds to load the network, and seconds an image. */
async function trial(
  network: NetworkSource,
  { group }: ProfileCell,
  plan: RunPlan,
  device: Device,
  store: Store,
): Promise<{ load: number; image: number }> {
  const context = withInitialWeights(plan, device);
  // Sets that are rendered or decoded whole are so once, for all networks.
  await group.read(0);
  const start = performance.now();
  const samples = Math.min(TRIAL, plan.samples);
  await using profiler = await LayerProfiler.open(await network.load(context, 0), device, {
    samples,
    memoryBytes: TRIAL_MEMORY,
    temporaryFolder: store.temporaryFolder,
  });
  const loaded = performance.now();
  await profiler.profile(group, {
    batchSize: Math.min(plan.profile.batchSize, samples),
    seed: plan.seed,
    signal: new AbortController().signal,
  }, silentProgress.begin("", samples, "images"));
  const end = performance.now();
  return { load: (loaded - start) / 1000, image: (end - loaded) / 1000 / samples };
}
