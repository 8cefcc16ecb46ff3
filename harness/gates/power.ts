/**
 * How often gates are red, by simulation: for harmless repeats (false alarms) and for runs in which
 * something moved (power). Runs are drawn around a real result with the spread that its replicates
 * show, go through the same claims, baselines and checks as real ones, and nothing else is assumed.
 *
 * @module
 */
import { type RandomStream, randomStream } from "../base/mod.ts";
import { checkClaims } from "../claims/mod.ts";
import type { ClaimSpec, NetworkResult, Result, TrainingResult } from "../spec/mod.ts";
import { mean, sampleDeviation } from "../stats/mod.ts";
import type { Baseline } from "./baseline.ts";
import { checkRun } from "./check_run.ts";
import { isRed } from "./gate_row.ts";
import { measureIdResult } from "./kinds/mod.ts";
import { makeBaseline } from "./make_baseline.ts";
import type { Measured } from "./measured.ts";
import { settleByRepeats } from "./repeats.ts";

/** Correlation of the noise of different layers of one replicate. */
const BETWEEN_LAYERS = 0.5;

/** What is simulated. */
export interface GateScenario {
  /** The peak of the first gating network is multiplied by this. */
  readonly peakFactor: number;
  /** Added to the accuracy of the first gating training. */
  readonly accuracyShift: number;
  /**
   * `other`: new seeds. A number: the baseline's seeds with this part of the noise between seeds, on
   * another machine unless it is 0.
   */
  readonly noise: "other" | number;
  /** Further seeds that settle failures, as with `--repeat`. */
  readonly repeats: number;
}

/** How long is simulated. */
export interface SimulationSize {
  readonly seed: number;
  /** Baselines that are drawn, and runs that are held against each. */
  readonly baselines: number;
  readonly runs: number;
}

/** Red runs of each baseline. */
export interface GateSimulation {
  readonly red: readonly number[];
  readonly runs: number;
  /** Share of all runs that are red. */
  readonly share: number;
}

/**
 * Simulates gates.
 *
 * @param template Only its networks that gate take part.
 * @throws {RangeError} When no gating network has two replicates.
 */
export function simulateGates(
  template: Result,
  claims: readonly ClaimSpec[],
  scenario: GateScenario,
  { seed, baselines, runs }: SimulationSize,
): GateSimulation {
  const truth = gatingPart(template);
  const unmoved: GateScenario = { ...scenario, peakFactor: 1, accuracyShift: 0 };
  const red = Array.from({ length: baselines }, (_, at) => {
    const drawn = draw(truth, unmoved, randomStream(seed, "baseline", at), 1);
    const base = withClaims(drawn, claims);
    const baseline = makeBaseline({
      run: measureIdResult(base, "simulated"),
      reason: "simulation",
      previous: undefined,
      written: [],
    });
    return Array.from({ length: runs }, (_, run) => {
      const measured = (repeat: number): Measured => {
        const random = randomStream(seed, "run", at, run, repeat);
        const again = scenario.noise === "other" || repeat > 0
          ? { ...draw(truth, scenario, random, 1), seed: template.seed + 1 + repeat }
          : elsewhere(draw(base, scenario, random, scenario.noise, truth), scenario.noise > 0);
        return measureIdResult(withClaims(again, claims), `simulated ${repeat}`);
      };
      return isRedRun(baseline, measured, scenario.repeats);
    }).filter(Boolean).length;
  });
  return { red, runs, share: mean(red) / runs };
}

/** The result as if it came from a machine with one thread more. */
function elsewhere(result: Result, isElsewhere: boolean): Result {
  const { device } = result;
  return { ...result, device: { ...device, threads: device.threads + (isElsewhere ? 1 : 0) } };
}

/** Whether a run, after repeats where it fails, is red. */
function isRedRun(
  baseline: Baseline,
  measured: (repeat: number) => Measured,
  repeats: number,
): boolean {
  const check = (run: Measured) => ({
    run,
    rows: checkRun(baseline, run, baseline.basis.specSha256),
  });
  const first = check(measured(0));
  if (repeats === 0 || !first.rows.some(isRed)) return first.rows.some(isRed);
  const others = Array.from({ length: repeats }, (_, at) => check(measured(at + 1)));
  return settleByRepeats(baseline, [first, ...others]).some(isRed);
}

function gatingPart(template: Result): Result {
  const networks = template.networks.filter(({ gates }) => gates);
  if (networks.length === 0 || networks.some(({ layers }) => (layers[0]?.groups.length ?? 0) < 2)) {
    throw new RangeError(
      "Cannot simulate gates: wanted gating networks with two replicates or more",
    );
  }
  const ids = new Set(networks.map(({ id }) => id));
  const trainings = template.trainings.filter((run) => run.networks.some((id) => ids.has(id)));
  return { ...template, networks, trainings };
}

/** `centre` with new noise: `share` times the spread over replicates of `spreadOf`. */
function draw(
  centre: Result,
  { peakFactor, accuracyShift }: GateScenario,
  random: RandomStream,
  share: number,
  spreadOf: Result = centre,
): Result {
  const around = centre === spreadOf;
  const networks = centre.networks.map((network, at) =>
    drawNetwork(network, spreadOf.networks[at]!, {
      random,
      share,
      around,
      peakFactor: at === 0 ? peakFactor : 1,
    })
  );
  const gated = centre.trainings[0]?.networks.join();
  const trainings = centre.trainings.map((run) => {
    const alike = spreadOf.trainings.filter(({ networks }) =>
      networks.join() === run.networks.join()
    );
    const shift = run.networks.join() === gated ? accuracyShift : 0;
    return drawTraining(run, alike, { random, share, around, shift });
  });
  return { ...centre, networks, trainings };
}

/** Whether values are drawn around the mean over replicates or around each replicate. */
interface NoiseRequest {
  readonly random: RandomStream;
  readonly share: number;
  readonly around: boolean;
}

function drawNetwork(
  network: NetworkResult,
  spreadOf: NetworkResult,
  { random, share, around, peakFactor }: NoiseRequest & { readonly peakFactor: number },
): NetworkResult {
  const common = network.layers[0]!.groups.map(() => random.normal());
  const means = network.layers.map(({ groups }) => mean(logs(groups)));
  const peak = means.indexOf(Math.max(...means));
  const layers = network.layers.map((layer, at) => {
    const spread = share * sampleDeviation(logs(spreadOf.layers[at]!.groups));
    const groups = layer.groups.map((group, replicate) => {
      const noise = Math.sqrt(BETWEEN_LAYERS) * common[replicate]! +
        Math.sqrt(1 - BETWEEN_LAYERS) * random.normal();
      const middle = around ? means[at]! : Math.log(group.estimates.twonn_fit.value);
      const value = Math.exp(middle + spread * noise) * (at === peak ? peakFactor : 1);
      const { estimates } = group;
      return {
        ...group,
        estimates: { ...estimates, twonn_fit: { ...estimates.twonn_fit, value } },
      };
    });
    return { ...layer, groups };
  });
  return { ...network, layers };
}

function logs(groups: NetworkResult["layers"][number]["groups"]): number[] {
  return groups.map(({ estimates }) => Math.log(estimates.twonn_fit.value));
}

function drawTraining(
  run: TrainingResult,
  alike: readonly TrainingResult[],
  { random, share, around, shift }: NoiseRequest & { readonly shift: number },
): TrainingResult {
  const accuracies = alike.map(({ test }) => test.accuracy);
  const spread = accuracies.length > 1 ? sampleDeviation(accuracies) : 0;
  const middle = (around ? mean(accuracies) : run.test.accuracy) + shift;
  const drawn = Math.min(1, Math.max(0, middle + share * spread * random.normal()));
  const accuracy = Math.round(drawn * run.testImages) / run.testImages;
  return { ...run, test: { ...run.test, accuracy } };
}

function withClaims(result: Result, claims: readonly ClaimSpec[]): Result {
  return { ...result, claims: checkClaims(claims, result.networks, result.trainings) };
}
