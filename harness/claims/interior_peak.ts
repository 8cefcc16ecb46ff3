/**
 * hunch.interior-peak: the estimated ID rises from the input to an inner layer, and falls below the
 * input's before the output (Ansuini et al. 2019, section 3.1, Figures 2A and 3).
 *
 * @module
 */
import type { ClaimResult, ClaimSpec, NetworkResult } from "../spec/mod.ts";
import { checkRatios, type ClaimCheck, digits, severityFor } from "./claim.ts";
import {
  curvesOf,
  indexOfMaximum,
  innerLayers,
  lastHidden,
  meanCurve,
  peakOverInput,
} from "./profile_curves.ts";

/** Two results a trained network: the rise and the fall. */
export const interiorPeak: ClaimCheck = (spec, networks) =>
  networks.filter(({ weights }) => weights === "trained")
    .flatMap((network) => [rise(spec, network), fall(spec, network)]);

function rise(spec: ClaimSpec, network: NetworkResult): ClaimResult {
  const curves = curvesOf(network);
  const inner = innerLayers(network);
  const means = meanCurve(curves);
  const highest = indexOfMaximum(means);
  const layer = network.layers[highest]!;
  const check = checkRatios(peakOverInput(curves, inner), { min: spec.threshold });
  return {
    ...check,
    id: spec.id,
    severity: severityFor(spec, network),
    source: spec.source,
    expected: spec.expected,
    title: "ID rises to a peak at an inner layer",
    subject: `${network.title}: rise`,
    statistic: "ID at the peak / ID at the input; geometric mean over groups, the peak's layer " +
      "chosen by the other groups",
    tolerance: `at least ${spec.threshold}: ${spec.why}`,
    refutedBy: `A ratio whose whole interval lies below ${spec.threshold}, or a highest mean at ` +
      "the input or the output",
    verdict: inner.includes(highest) ? check.verdict : "not reproduced",
    explanation: `Highest mean at "${layer.name}" (relative depth ` +
      `${digits(layer.relativeDepth)}): ${digits(means[highest]!)} against ` +
      `${digits(means[0]!)} at the input.`,
  };
}

function fall(spec: ClaimSpec, network: NetworkResult): ClaimResult {
  const curves = curvesOf(network);
  const last = lastHidden(network);
  const means = meanCurve(curves);
  const peak = Math.max(...means);
  return {
    ...checkRatios(curves.map((curve) => curve[last]! / curve[0]!), { max: 1 }),
    id: spec.id,
    severity: severityFor(spec, network),
    source: spec.source,
    title: "ID falls below the input's before the output",
    subject: `${network.title}: fall`,
    statistic: "ID at the last hidden layer / ID at the input; geometric mean over groups",
    expected: "Last hidden layer below the input in VGG-16-R and VGG-16 (6.4 against 29.4, 22.1 " +
      "against 31.8); last hidden / peak 0.19 in VGG-16, 0.26 in ResNet-18",
    tolerance: "at most 1: the last hidden layer lies below the input",
    refutedBy: "A ratio whose whole interval lies above 1",
    explanation: `Mean at "${network.layers[last]!.name}" ${digits(means[last]!)}, at the input ` +
      `${digits(means[0]!)}; last hidden / peak ${digits(means[last]! / peak)}.`,
  };
}
