/**
 * hunch.relative-depth: in networks of different depth the peak sits at the same relative, not the same
 * absolute depth (Ansuini et al. 2019, section 3.1, Figure 3B).
 *
 * @module
 */
import { randomStream } from "../base/mod.ts";
import {
  bootstrapInterval,
  coefficientOfVariation,
  permutationTestLess,
  verdictFromInterval,
} from "../stats/mod.ts";
import type { ClaimResult, ClaimSpec, NetworkResult } from "../spec/mod.ts";
import { type ClaimCheck, digits, LEVEL } from "./claim.ts";
import { type Curves, curvesOf, indexOfMaximum, meanCurve } from "./profile_curves.ts";

/** Networks of different depth that a spread needs at the least. */
const FEWEST_NETWORKS = 4;

/** Resamples of the groups for the interval. */
const RESAMPLES = 2000;

/** One result over all trained networks whose peak lies inside. */
export const relativeDepth: ClaimCheck = (spec, networks) => {
  const trained = networks.filter(({ weights }) => weights === "trained");
  return [{ ...described(spec, trained), ...measured(spec, trained) }];
};

function described(spec: ClaimSpec, networks: readonly NetworkResult[]) {
  return {
    id: spec.id,
    title: "The peak follows relative, not absolute depth",
    subject: `${networks.length} trained ${networks.length === 1 ? "network" : "networks"}`,
    severity: spec.severity,
    statistic:
      "Spread of the peak's place over networks: coefficient of variation of its relative " +
      "depth / of its absolute depth",
    expected: spec.expected,
    tolerance: `below ${spec.threshold}: ${spec.why}`,
    refutedBy: `A ratio whose whole interval lies above ${spec.threshold}`,
    source: spec.source,
  };
}

function measured(spec: ClaimSpec, networks: readonly NetworkResult[]) {
  if (new Set(networks.map(({ fullDepth }) => fullDepth)).size < FEWEST_NETWORKS) {
    return inconclusive(
      `none: wanted at least ${FEWEST_NETWORKS} trained networks of different depth`,
    );
  }
  const curves = networks.map((network) => curvesOf(network));
  const groups = curves[0]!.map((_, g) => g);
  const peaks = peakDepths(networks, curves, groups);
  if (peaks.every((depth) => depth === peaks[0])) {
    return inconclusive("none: all peaks lie at one absolute depth, which leaves no spread");
  }
  const depths = networks.map(({ fullDepth }) => fullDepth);
  const random = randomStream(0, spec.id, ...networks.map(({ id }) => id));
  const interval = bootstrapInterval(
    groups,
    (sample) => spreadRatio(peakDepths(networks, curves, sample), depths),
    random,
    { level: LEVEL, repeats: RESAMPLES },
  );
  const { pValue } = permutationTestLess(
    depths,
    (order) => spreadRatio(peaks, order),
    random,
  );
  const places = networks.map(({ title }, at) =>
    `${title} ${digits(peaks[at]! / depths[at]!)} (depth ${peaks[at]} of ${depths[at]})`
  );
  return {
    estimate: spreadRatio(peaks, depths),
    interval: [...interval] as [number, number],
    level: LEVEL,
    test:
      `permutation of the networks' total depths over the peaks, one-sided; interval: bootstrap ` +
      `over groups of images`,
    pValue,
    verdict: pValue < 1 - LEVEL
      ? verdictFromInterval(interval, { max: spec.threshold })
      : "inconclusive" as const,
    explanation: `Relative depth of the peak: ${places.join(", ")}.`,
  };
}

function inconclusive(
  test: string,
): Pick<
  ClaimResult,
  "estimate" | "interval" | "level" | "test" | "pValue" | "verdict" | "explanation"
> {
  return {
    estimate: null,
    interval: null,
    level: null,
    test,
    pValue: null,
    verdict: "inconclusive",
    explanation: "Too few networks to speak of a spread.",
  };
}

/** Absolute depth of each network's highest mean over the given groups. */
function peakDepths(
  networks: readonly NetworkResult[],
  curves: readonly Curves[],
  groups: readonly number[],
): number[] {
  return networks.map((network, at) => {
    const means = meanCurve(groups.map((g) => curves[at]![g]!));
    return network.layers[indexOfMaximum(means)]!.depth;
  });
}

function spreadRatio(peaks: readonly number[], depths: readonly number[]): number {
  const relative = peaks.map((peak, at) => peak / depths[at]!);
  return coefficientOfVariation(relative) / coefficientOfVariation(peaks);
}
