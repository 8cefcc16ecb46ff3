/**
 * ResNet-18 on the 500 English springers of the shared folder: the job that the reference values, the
 * device comparison and the timing against a peer have in common.
 *
 * @module
 */
import { imagenette } from "../datasets/mod.ts";
import { silentProgress } from "../harness/base/mod.ts";
import type { Device } from "../harness/device/mod.ts";
import { findNetworks, type LayerProfile, LayerProfiler } from "../harness/run/mod.ts";
import { isProtopnet, loadExperiment, profileOf } from "../harness/spec/mod.ts";

const SPRINGERS = "n02102040";

/** Profiles the eight checkpoint layers. */
export async function profileSpringers(
  device: Device,
  { dataRoot, samples, memoryBytes, temporaryFolder }: {
    dataRoot: string;
    samples: number;
    memoryBytes: number;
    temporaryFolder: string;
  },
): Promise<LayerProfile[]> {
  const loaded = await loadExperiment("id-hunchback");
  if (isProtopnet(loaded)) throw new TypeError("id-hunchback is an experiment on the ID");
  const { profile } = profileOf(loaded, "paper");
  const { networks } = await findNetworks(
    profile.networks.filter(({ id }) => id === "resnet18"),
    { profile, dataRoot, seed: loaded.experiment.seed, trainingKey: untrained },
  );
  const groups = await imagenette(dataRoot, { split: "train", samples, classes: [SPRINGERS] });
  const context = { device, trainingOf: untrained, calibrationBatches: untrained };
  await using profiler = await LayerProfiler.open(await networks[0]!.load(context, 0), device, {
    samples,
    memoryBytes,
    temporaryFolder,
  });
  return await profiler.profile(
    groups[0]!,
    {
      batchSize: profile.batchSize,
      seed: loaded.experiment.seed,
      signal: new AbortController().signal,
    },
    silentProgress.begin("", samples, "images"),
  );
}

function untrained(): never {
  throw new Error("the network comes from a file");
}
