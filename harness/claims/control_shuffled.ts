/**
 * ctrl.shuffled: trained on random labels, a network's last layers have a larger ID (Ansuini et al.
 * 2019, section 3.5, Figure 6).
 *
 * @module
 */
import { checkRatios, type ClaimCheck, digits, severityFor } from "./claim.ts";
import { controlPairs, ratiosAt } from "./control_pairs.ts";
import { curvesOf, lastHidden, meanCurve } from "./profile_curves.ts";

/** One result a network that was trained on permuted labels. */
export const controlShuffled: ClaimCheck = (spec, networks) =>
  controlPairs(networks, "labels").map(({ changed, plain }) => {
    const layer = lastHidden(changed)!;
    const [shuffled, known] = [curvesOf(changed), curvesOf(plain)];
    return {
      ...checkRatios(ratiosAt(shuffled, known, layer), { min: spec.threshold }),
      id: spec.id,
      severity: severityFor(spec, changed),
      source: spec.source,
      title: "Random labels raise the ID of the last hidden layer",
      subject: changed.title,
      statistic: "ID at the last hidden layer, shuffled / true labels; geometric mean over " +
        "replicates",
      expected: spec.expected,
      tolerance: `at least ${spec.threshold}: ${spec.why}`,
      refutedBy: `A ratio whose whole interval lies below ${spec.threshold}`,
      explanation: `Over the layers, shuffled: ${meanCurve(shuffled).map(digits).join(", ")}; ` +
        `true labels: ${meanCurve(known).map(digits).join(", ")}.`,
    };
  });
