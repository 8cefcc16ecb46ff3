/**
 * hunch.below-width: the estimated ID is orders of magnitude smaller than the number of units
 * (Ansuini et al. 2019, section 3.1).
 *
 * @module
 */
import { studentInterval, verdictFromInterval } from "../stats/mod.ts";
import type { NetworkResult } from "../spec/mod.ts";
import { type ClaimCheck, digits, FEWEST_GROUPS, LEVEL, severityFor } from "./claim.ts";
import { curvesOf, indexOfMaximum, meanCurve } from "./profile_curves.ts";

/** One result a trained network: the largest ID/units over the layers. */
export const belowWidth: ClaimCheck = (spec, networks) =>
  networks.filter(({ weights }) => weights === "trained").map((network) => {
    const shares = sharesOf(network);
    const means = meanCurve(shares);
    const widest = indexOfMaximum(means);
    const layer = network.layers[widest]!;
    const values = shares.map((share) => share[widest]!);
    const interval = values.length >= FEWEST_GROUPS ? studentInterval(values, LEVEL) : undefined;
    return {
      id: spec.id,
      title: "ID is far below the number of units",
      subject: network.title,
      severity: severityFor(spec, network),
      statistic: "Largest ID / units over the layers, mean over groups",
      estimate: means[widest]!,
      interval: interval ? [...interval] : null,
      level: interval ? LEVEL : null,
      test: interval
        ? `Student interval of the mean over ${values.length} groups against the edge`
        : `none: ${values.length} groups of images, at least ${FEWEST_GROUPS} wanted`,
      pValue: null,
      expected: spec.expected,
      tolerance: `at most ${spec.threshold}: ${spec.why}`,
      refutedBy: `A layer whose interval lies above ${spec.threshold}`,
      verdict: interval ? verdictFromInterval(interval, { max: spec.threshold }) : "inconclusive",
      explanation: `Largest at "${layer.name}": ${digits(means[widest]! * layer.units)} of ` +
        `${layer.units} units.`,
      source: spec.source,
    };
  });

function sharesOf(network: NetworkResult) {
  return curvesOf(network).map((curve) => curve.map((id, at) => id / network.layers[at]!.units));
}
