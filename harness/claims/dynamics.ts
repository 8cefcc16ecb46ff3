/**
 * dyn.training: at the start of training the ID of the last hidden layer drops, then it rises slowly
 * (Ansuini et al. 2019, Figure 9).
 *
 * @module
 */
import type { ClaimResult, ClaimSpec, NetworkResult, TrainingResult } from "../spec/mod.ts";
import { checkRatios, type ClaimCheck, digits, severityFor } from "./claim.ts";
import { curvesOf, lastHidden, meanCurve, peakOver } from "./profile_curves.ts";

/** Two results a training run with at least three moments: the drop and the rise after it. */
export const dynamics: ClaimCheck = (spec, networks, trainings) => {
  const runs = trainings.filter(({ replicate, networks: ids }) =>
    replicate === 0 && ids.length > 2
  );
  return runs.flatMap((run) => {
    const moments = momentsOf(run, networks);
    return moments.length < 3 ? [] : [drop(spec, moments), rise(spec, moments)];
  });
};

/** A network at one moment of its training. */
interface Moment {
  readonly step: number;
  readonly network: NetworkResult;
}

function momentsOf(run: TrainingResult, networks: readonly NetworkResult[]): Moment[] {
  const end = run.history.at(-1)?.step ?? 0;
  return networks.filter(({ id }) => run.networks.includes(id)).map((network) => {
    const after = network.recipe?.after;
    const step = !after
      ? end
      : after.unit === "steps"
      ? after.count
      : after.count * run.stepsPerEpoch;
    return { step, network };
  }).sort((a, b) => a.step - b.step);
}

/** 1 / ID of the last hidden layer: `curves[replicate][moment]`; its peak is the smallest ID. */
function reciprocals(moments: readonly Moment[]): number[][] {
  const columns = moments.map(({ network }) => {
    const layer = lastHidden(network)!;
    return curvesOf(network).map((curve) => 1 / curve[layer]!);
  });
  return columns[0]!.map((_, g) => columns.map((column) => column[g]!));
}

function described(spec: ClaimSpec, moments: readonly Moment[]) {
  const means = meanCurve(reciprocals(moments)).map((value) => 1 / value);
  return {
    id: spec.id,
    severity: severityFor(spec, moments.at(-1)!.network),
    source: spec.source,
    explanation: "ID of the last hidden layer (step: mean over replicates): " +
      moments.map(({ step }, at) => `${step}: ${digits(means[at]!)}`).join(", ") + ".",
  };
}

/** Moments between the first and the last. */
function between(moments: readonly Moment[]): number[] {
  return moments.map((_, at) => at).slice(1, -1);
}

function drop(spec: ClaimSpec, moments: readonly Moment[]): ClaimResult {
  const { network } = moments.at(-1)!;
  const inverse = peakOver(reciprocals(moments), between(moments), 0);
  return {
    ...described(spec, moments),
    ...checkRatios(inverse, { min: spec.threshold }),
    title: "Training first lowers the ID of the last hidden layer",
    subject: `${network.title}: drop`,
    statistic: "ID before training / smallest ID on the way; geometric mean over replicates, the " +
      "moment chosen by the others",
    expected: "3.2 in Figure 9B (14.0 to 4.4 within 150 steps); 9.6 in Figure 9A (22.5 to 2.3)",
    tolerance: `at least ${spec.threshold}: ${spec.why}`,
    refutedBy: `A ratio whose whole interval lies below ${spec.threshold}`,
  };
}

/** The rise that counts: half of what Figure 9B shows on a logarithmic scale. */
const RISE = 1.2;

function rise(spec: ClaimSpec, moments: readonly Moment[]): ClaimResult {
  const { network } = moments.at(-1)!;
  const end = moments.length - 1;
  return {
    ...described(spec, moments),
    ...checkRatios(peakOver(reciprocals(moments), between(moments), end), { min: RISE }),
    title: "Then the ID of the last hidden layer rises slowly",
    subject: `${network.title}: rise`,
    statistic:
      "ID at the end / smallest ID on the way; geometric mean over replicates, the moment " +
      "chosen by the others",
    expected: "1.45 in Figure 9B (4.4 to 6.4 in 7.5 epochs); 3.3 in Figure 9A (2.3 to 7.7 in 300)",
    tolerance: `at least ${RISE}, half of Figure 9B's rise on a logarithmic scale`,
    refutedBy: `A ratio whose whole interval lies below ${RISE}`,
  };
}
