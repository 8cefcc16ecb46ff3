/**
 * ctrl.luminance: a strong luminance that has nothing to do with the class lowers the ID of the input,
 * and the network undoes it (Ansuini et al. 2019, section 3.5, Figure 6).
 *
 * @module
 */
import type { ClaimResult, ClaimSpec } from "../spec/mod.ts";
import { checkRatios, type ClaimCheck, digits, severityFor } from "./claim.ts";
import { type ControlPair, controlPairs, ratiosAt } from "./control_pairs.ts";
import { curvesOf, innerLayers, lastHidden, meanCurve, peakOver } from "./profile_curves.ts";

/** Three results a network: the input is lowered, the ID rises again, the last hidden layer is as without. */
export const controlLuminance: ClaimCheck = (spec, networks) =>
  controlPairs(networks, "luminance").flatMap((pair) => [
    lowered(spec, pair),
    rises(spec, pair),
    undone(spec, pair),
  ]);

type Description = Omit<
  ClaimResult,
  "estimate" | "interval" | "level" | "test" | "pValue" | "verdict"
>;

function described(
  spec: ClaimSpec,
  { changed, plain }: ControlPair,
): Pick<Description, "id" | "severity" | "source" | "explanation"> {
  const means = (network: ControlPair["plain"]) =>
    meanCurve(curvesOf(network)).map(digits).join(", ");
  return {
    id: spec.id,
    severity: severityFor(spec, changed),
    source: spec.source,
    explanation: `Over the layers, with luminance: ${means(changed)}; without: ${means(plain)}.`,
  };
}

function lowered(spec: ClaimSpec, pair: ControlPair): ClaimResult {
  const { changed, plain } = pair;
  return {
    ...described(spec, pair),
    ...checkRatios(ratiosAt(curvesOf(changed), curvesOf(plain), 0), { max: 1 }),
    title: "An added luminance lowers the ID of the input",
    subject: `${changed.title}: input`,
    statistic: "ID at the input, with / without luminance; geometric mean over replicates",
    expected: "0.23 in Figure 6B: 3.0 against 13.2",
    tolerance: "at most 1",
    refutedBy: "A ratio whose whole interval lies above 1",
  };
}

function rises(spec: ClaimSpec, pair: ControlPair): ClaimResult {
  const { changed } = pair;
  return {
    ...described(spec, pair),
    ...checkRatios(peakOver(curvesOf(changed), innerLayers(changed), 0), { min: spec.threshold }),
    title: "With an added luminance the ID rises inside the network",
    subject: `${changed.title}: rise`,
    statistic:
      "ID at the peak / ID at the input; geometric mean over replicates, the peak's layer " +
      "chosen by the others",
    expected: "2.8 in Figure 6B: 8.3 at pool2 against 3.0; without luminance there is no rise",
    tolerance: `at least ${spec.threshold}: ${spec.why}`,
    refutedBy: `A ratio whose whole interval lies below ${spec.threshold}`,
  };
}

/** How far the two networks may differ where the luminance should be gone. */
const ALIKE = 1.25;

function undone(spec: ClaimSpec, pair: ControlPair): ClaimResult {
  const { changed, plain } = pair;
  const layer = lastHidden(changed)!;
  const ratios = ratiosAt(curvesOf(changed), curvesOf(plain), layer);
  return {
    ...described(spec, pair),
    ...checkRatios(ratios, { min: 1 / ALIKE, max: ALIKE }),
    title: "The last hidden layer has the ID that it has without the luminance",
    subject: `${changed.title}: last hidden`,
    statistic: "ID at the last hidden layer, with / without luminance; geometric mean over " +
      "replicates",
    expected: "0.95 in Figure 6B: 7.4 against 7.8",
    tolerance: `between ${1 / ALIKE} and ${ALIKE}`,
    refutedBy: `A ratio whose whole interval lies outside of ${1 / ALIKE} to ${ALIKE}`,
  };
}
