/**
 * hunch.interior-peak: the estimated ID rises from the input to an inner layer and falls towards the
 * output (Ansuini et al. 2019, section 3.1, Figures 2A and 3).
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
  peakOver,
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
  const check = checkRatios(peakOver(curves, inner, 0), { min: spec.threshold });
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
  const described = {
    id: spec.id,
    severity: severityFor(spec, network),
    source: spec.source,
    title: "ID falls from the peak to the last hidden layer",
    subject: `${network.title}: fall`,
    statistic: "ID at the peak / ID at the last hidden layer; geometric mean over groups, the " +
      "peak's layer chosen by the other groups",
    expected: "Peak / last hidden in Figure 3B: 3.1 (AlexNet) to 5.8 (VGG19-bn); ResNet-18 3.9",
    tolerance: `at least ${spec.threshold}, as for the rise`,
    refutedBy: `A ratio whose whole interval lies below ${spec.threshold}`,
  };
  const last = lastHidden(network);
  if (last === undefined) {
    const deepest = network.layers.at(-1)!;
    return {
      ...described,
      estimate: null,
      interval: null,
      level: null,
      test: "none",
      pValue: null,
      verdict: "not comparable",
      explanation: `The file ends at "${deepest.name}", depth ${deepest.depth} of ` +
        `${network.fullDepth}, before the last hidden layer.`,
    };
  }
  const curves = curvesOf(network);
  const inner = innerLayers(network).filter((at) => at < last);
  const means = meanCurve(curves);
  return {
    ...described,
    ...checkRatios(peakOver(curves, inner, last), { min: spec.threshold }),
    explanation: `Highest mean ${digits(Math.max(...means))}, at "${network.layers[last]!.name}" ` +
      `${digits(means[last]!)}.`,
  };
}
