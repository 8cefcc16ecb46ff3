/**
 * hunch.untrained-flat: networks with random weights have no hump (Ansuini et al. 2019, Figure 5C).
 *
 * @module
 */
import type { NetworkResult } from "../spec/mod.ts";
import { checkRatios, type ClaimCheck, digits, severityFor } from "./claim.ts";
import { curvesOf, innerLayers, meanCurve, peakOver } from "./profile_curves.ts";

/**
 * One result an untrained network. Calibrated batch normalisation is a confound, not what the paper
 * means by untrained, and never gates.
 */
export const untrainedFlat: ClaimCheck = (spec, networks) =>
  networks.filter(({ weights }) => weights === "untrained").map((network) => {
    const curves = curvesOf(network);
    const means = meanCurve(curves);
    const ratios = peakOver(curves, innerLayers(network), 0);
    return {
      ...checkRatios(ratios, { max: spec.threshold }),
      id: spec.id,
      title: "Untrained networks have no hump",
      subject: network.title,
      severity: network.recipe?.statistics === "calibrated" ? "info" : severityFor(spec, network),
      statistic:
        "Highest ID at an inner layer / ID at the input; geometric mean over groups, the " +
        "layer chosen by the other groups",
      expected: spec.expected,
      tolerance: `at most ${spec.threshold}: ${spec.why}`,
      refutedBy: `A ratio whose whole interval lies above ${spec.threshold}`,
      explanation: `Means over depth: ${means.map(digits).join(", ")}.${twin(network, networks)}`,
      source: spec.source,
    };
  });

function twin(network: NetworkResult, networks: readonly NetworkResult[]): string {
  const trained = networks.find((other) =>
    other.weights === "trained" && other.architecture === network.architecture &&
    other.data === network.data
  );
  if (!trained) return "";
  return ` The trained ${trained.title}: ${meanCurve(curvesOf(trained)).map(digits).join(", ")}.`;
}
