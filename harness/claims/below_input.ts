/**
 * hunch.below-input: the last hidden layer has a smaller ID than the pixels (Ansuini et al. 2019,
 * Figures 2A and 3). Stricter than the paper's text, which only says that the ID falls.
 *
 * @module
 */
import { checkRatios, type ClaimCheck, digits, severityFor } from "./claim.ts";
import { curvesOf, lastHidden, meanCurve } from "./profile_curves.ts";

/** One result a trained network whose last hidden layer is there. */
export const belowInput: ClaimCheck = (spec, networks) =>
  networks.filter(({ weights }) => weights === "trained").flatMap((network) => {
    const last = lastHidden(network);
    if (last === undefined) return [];
    const curves = curvesOf(network);
    const means = meanCurve(curves);
    return [{
      ...checkRatios(curves.map((curve) => curve[last]! / curve[0]!), { max: spec.threshold }),
      id: spec.id,
      severity: severityFor(spec, network),
      source: spec.source,
      title: "The last hidden layer ends below the input",
      subject: network.title,
      statistic: "ID at the last hidden layer / ID at the input; geometric mean over groups",
      expected: spec.expected,
      tolerance: `at most ${spec.threshold}: ${spec.why}`,
      refutedBy: `A ratio whose whole interval lies above ${spec.threshold}`,
      explanation: `"${network.layers[last]!.name}" ${digits(means[last]!)}, input ` +
        `${digits(means[0]!)}.`,
    }];
  });
