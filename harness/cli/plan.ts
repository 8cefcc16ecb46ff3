/**
 * `plan`: the cells of a run, which are cached, and the time that the others would take.
 *
 * @module
 */
import { formatDuration } from "../base/mod.ts";
import { chooseDevice } from "../device/mod.ts";
import { chooseEngine, estimateTime, planCells, Store } from "../run/mod.ts";
import { loadExperiment } from "../spec/mod.ts";
import { experimentId } from "./describe.ts";
import type { Options } from "./options.ts";
import { print, table } from "./print.ts";

/** Prints one line a network. Runs a few images through networks that were never timed here. */
export async function plan(options: Options): Promise<number> {
  const { profile, seed, samples, replicates, networks, dataRoot } = options;
  const loaded = await loadExperiment(experimentId(options.words));
  const chosen = await chooseDevice(options.device, options.threads);
  using store = await Store.open(options.store, (message) => console.error(`warning: ${message}`));
  const run = await planCells(
    loaded,
    { profile, seed, samples, replicates, networks, dataRoot },
    chosen,
    await chooseEngine(options.engine, chosen.device),
  );
  const estimates = await estimateTime(run, chosen.device, store);
  const seconds = estimates.reduce((sum, estimate) => sum + estimate.seconds, 0);
  const value = {
    experiment: loaded.experiment.id,
    profile: run.profileName,
    device: chosen.device.kind,
    networks: estimates,
    missing: run.missing,
    seconds,
  };
  print(options.json, value, () =>
    [
      `${value.experiment}, profile ${value.profile}, on ${value.device} (${chosen.reason})`,
      "",
      table(
        ["network", "cells", "cached", "time for the rest", "from"],
        estimates.map(({ network, cells, cached, seconds, basis }) => [
          network,
          String(cells),
          String(cached),
          formatDuration(seconds),
          basis,
        ]),
      ),
      ...run.missing.map(({ id, fetch }) => `missing network: ${id}: ${fetch}`),
      "",
      `about ${formatDuration(seconds)} in all`,
    ].join("\n"));
  return 0;
}
