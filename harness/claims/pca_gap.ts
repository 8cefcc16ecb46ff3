/**
 * pca.gap and pca.no-gap: PCA sees many more dimensions than the estimated ID, and its spectrum does
 * not tell where to stop (Ansuini et al. 2019, section 3.3, Figures 5A and 5C).
 *
 * @module
 */
import type { LayerResult, NetworkResult, PcaResult } from "../spec/mod.ts";
import { mean } from "../stats/mod.ts";
import { checkRatios, type ClaimCheck, digits, severityFor } from "./claim.ts";
import { innerLayers, lastHidden } from "./profile_curves.ts";

/** One result a trained network: PC-ID / ID at the hidden layer where it is smallest. */
export const pcaGap: ClaimCheck = (spec, networks) =>
  withPca(networks).flatMap((network) => {
    const checks = innerLayers(network).map((at) => {
      const ratios = ratiosAt(network.layers[at]!);
      return { at, mean: mean(ratios), ...checkRatios(ratios, { min: spec.threshold }) };
    });
    const [smallest] = checks.toSorted((a, b) => a.mean - b.mean);
    if (!smallest) return [];
    const { at, mean: _, ...check } = smallest;
    const layer = network.layers[at]!;
    const verdicts = checks.map(({ verdict }) => verdict);
    // Every layer must exceed the edge, so the largest p-value is that of the whole, uncorrected.
    const pValues = checks.flatMap(({ pValue }) => pValue ?? []);
    return [{
      ...check,
      pValue: pValues.length > 0 ? Math.max(...pValues) : null,
      verdict: verdicts.find((verdict) => verdict === "not reproduced") ??
        verdicts.find((verdict) => verdict !== "reproduced") ?? "reproduced",
      id: spec.id,
      severity: severityFor(spec, network),
      source: spec.source,
      title: "PCA needs many more dimensions than the estimated ID, at each hidden layer",
      subject: network.title,
      statistic: "Components for 90 % of the variance / ID at the hidden layer where it is " +
        "smallest; geometric mean over groups; the p-value is the largest of all hidden layers",
      expected: spec.expected,
      tolerance: `at least ${spec.threshold} at each hidden layer: ${spec.why}`,
      refutedBy: `A hidden layer whose whole interval lies below ${spec.threshold}`,
      explanation: `"${layer.name}": ${digits(componentsAt(layer))} components of ` +
        `${layer.units} units, ID ${digits(idAt(layer))}. Ratios over depth: ` +
        `${network.layers.map((one) => digits(mean(ratiosAt(one)))).join(", ")}.`,
    }];
  });

/** One result a trained network: the largest step of the spectrum of its last hidden layer. */
export const pcaNoGap: ClaimCheck = (spec, networks) =>
  withPca(networks).flatMap((network) => {
    const last = lastHidden(network);
    if (last === undefined) return [];
    const gaps = gapsAt(network.layers[last]!);
    if (gaps.length === 0) return [];
    return [{
      ...checkRatios(gaps.map(({ ratio }) => ratio), { max: spec.threshold }),
      id: spec.id,
      severity: severityFor(spec, network),
      source: spec.source,
      title: "The spectrum of the last hidden layer has no gap",
      subject: network.title,
      statistic: "Largest ratio of an eigenvalue, among the components for 90 % of the variance, " +
        "to the next; geometric mean over groups",
      expected: spec.expected,
      tolerance: `at most ${spec.threshold}: ${spec.why}`,
      refutedBy: `A ratio whose whole interval lies above ${spec.threshold}`,
      explanation: `"${network.layers[last]!.name}", after component ` +
        `${[...new Set(gaps.map(({ rank }) => rank))].join(", ")}. Largest ratios over depth: ` +
        `${network.layers.map(largestGapAt).join(", ")}.`,
    }];
  });

/** Trained networks whose layers have linear dimensions. */
export function withPca(networks: readonly NetworkResult[]): NetworkResult[] {
  return networks.filter(({ weights, layers }) =>
    weights === "trained" && layers.every(({ groups }) => groups.every(({ pca }) => pca))
  );
}

function ratiosAt({ groups }: LayerResult): number[] {
  return groups.map(({ pca, estimates }) => pca!.n90 / estimates.twonn_fit.value);
}

function gapsAt({ groups }: LayerResult): NonNullable<PcaResult["gap"]>[] {
  return groups.flatMap(({ pca }) => pca!.gap ?? []);
}

function largestGapAt(layer: LayerResult): string {
  return digits(Math.max(...gapsAt(layer).map(({ ratio }) => ratio)));
}

function componentsAt({ groups }: LayerResult): number {
  return mean(groups.map(({ pca }) => pca!.n90));
}

function idAt({ groups }: LayerResult): number {
  return mean(groups.map(({ estimates }) => estimates.twonn_fit.value));
}
