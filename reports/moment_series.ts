/**
 * Networks that show one training run at several of its moments.
 *
 * @module
 */
import type { NetworkResult, Result, TrainingResult } from "../harness/spec/mod.ts";
import { average, type Spread, spreadOf } from "./over_groups.ts";

/** A moment of a training. */
export interface Moment {
  readonly network: NetworkResult;
  /** Updates of the weights before it, on average over replicates. */
  readonly step: number;
  readonly epoch: number;
  /** Share of the test images, over replicates; undefined where not measured. */
  readonly accuracy: Spread | undefined;
}

/** Its moments in the order of time. */
export interface MomentSeries {
  readonly moments: readonly Moment[];
  readonly runs: readonly TrainingResult[];
}

/** Fewer moments than these are a network and its start, not a course. */
const FEWEST_MOMENTS = 3;

/** Every training run with enough moments, its replicates together. */
export function momentSeries({ trainings, networks }: Result): MomentSeries[] {
  const drawn = new Map(
    networks.filter(({ layers }) => layers.length > 0).map((network) => [network.id, network]),
  );
  const shared = Map.groupBy(trainings, ({ networks }) => JSON.stringify(networks));
  return [...shared.values()].flatMap((runs) => {
    const moments = runs[0]!.networks.flatMap((id) => {
      const network = drawn.get(id);
      return network ? [momentOf(network, runs)] : [];
    }).sort((a, b) => a.step - b.step);
    return new Set(moments.map(({ step }) => step)).size < FEWEST_MOMENTS
      ? []
      : [{ moments, runs }];
  });
}

function momentOf(network: NetworkResult, runs: readonly TrainingResult[]): Moment {
  const step = average(runs.map((run) => stepOf(network, run)));
  const accuracies = runs.map((run) => accuracyAt(network, run));
  const known = accuracies.filter((value) => value !== undefined);
  return {
    network,
    step,
    epoch: average(runs.map((run) => stepOf(network, run) / run.stepsPerEpoch)),
    accuracy: known.length < runs.length ? undefined : spreadOf(known),
  };
}

function stepOf({ recipe }: NetworkResult, { history, stepsPerEpoch }: TrainingResult): number {
  const after = recipe?.after;
  if (!after) return history.at(-1)?.step ?? 0;
  return after.unit === "steps" ? after.count : after.count * stepsPerEpoch;
}

function accuracyAt(network: NetworkResult, run: TrainingResult): number | undefined {
  if (!network.recipe?.after) return run.test.accuracy;
  const step = stepOf(network, run);
  return run.snapshots.find((snapshot) => snapshot.step === step)?.test.accuracy;
}
