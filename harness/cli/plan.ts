/**
 * `plan`: the cells of a run, which are cached, and the time that the others would take.
 *
 * @module
 */
import { formatDuration } from "../base/mod.ts";
import { chooseDevice, type ChosenDevice } from "../device/mod.ts";
import {
  chooseEngine,
  estimateTime,
  measureCell,
  planCells,
  planModels,
  type ProtopnetPlan,
  Store,
} from "../run/mod.ts";
import { isProtopnet, loadExperiment } from "../spec/mod.ts";
import { experimentId } from "./describe.ts";
import type { Options } from "./options.ts";
import { print, table } from "./print.ts";

/** Prints one line a network. Runs a few images through networks that were never timed here. */
export async function plan(options: Options): Promise<number> {
  const { profile, seed, samples, replicates, networks, dataRoot } = options;
  const loaded = await loadExperiment(experimentId(options.words));
  const chosen = await chooseDevice(options.device, options.threads);
  using store = await Store.open(options.store, (message) => console.error(`warning: ${message}`));
  const engine = await chooseEngine(options.engine, chosen.device);
  if (isProtopnet(loaded)) {
    const request = { profile, seed, replicates, models: networks, dataRoot };
    return await printModels(await planModels(loaded, request, chosen.device, engine), {
      experiment: loaded.experiment.id,
      chosen,
      store,
      json: options.json,
    });
  }
  const run = await planCells(
    loaded,
    { profile, seed, samples, replicates, networks, dataRoot },
    chosen,
    engine,
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

/** The models of a ProtoPNet experiment, and which of their cells are in the store. */
async function printModels(
  { profileName, profile, models, missing }: ProtopnetPlan,
  { experiment, chosen, store, json }: {
    readonly experiment: string;
    readonly chosen: ChosenDevice;
    readonly store: Store;
    readonly json: boolean;
  },
): Promise<number> {
  const rows: {
    model: string;
    replicate: number;
    kind: string;
    trained: boolean;
    measured: boolean;
  }[] = [];
  for (const planned of models) {
    const { spec, replicate, cell } = planned;
    const measured = await store.has(measureCell(planned, profile));
    const trained = cell === null || await store.has(cell);
    rows.push({ model: spec.id, replicate: replicate + 1, kind: spec.kind, trained, measured });
  }
  const device = chosen.device.kind;
  print(json, { experiment, profile: profileName, device, models: rows, missing }, () =>
    [
      `${experiment}, profile ${profileName}, on ${device} (${chosen.reason})`,
      "",
      table(
        ["model", "replicate", "kind", "trained", "measured"],
        rows.map(({ model, replicate, kind, trained, measured }) => [
          model,
          String(replicate),
          kind,
          trained ? "in the store" : "to do",
          measured ? "in the store" : "to do",
        ]),
      ),
      ...missing.map(({ id, why }) => `missing: ${id}: ${why}`),
    ].join("\n"));
  return 0;
}
