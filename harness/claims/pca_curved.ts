/**
 * pca.curved: Gaussian points with the covariance of the last hidden layer have a larger ID than the
 * representation itself, which is therefore not a flat cloud (Ansuini et al. 2019, section 3.3, Figure
 * 5B).
 *
 * @module
 */
import type { ClaimResult, ClaimSpec, GroupResult, NetworkResult } from "../spec/mod.ts";
import { mean } from "../stats/mod.ts";
import { checkRatios, type ClaimCheck, digits, severityFor } from "./claim.ts";
import { withPca } from "./pca_gap.ts";
import { lastHidden } from "./profile_curves.ts";

/** What scaled the Gaussian points. */
type Scaling = "covariance" | "legacy";

/** One group: as many Gaussian points as images. */
interface Comparison {
  readonly points: number;
  readonly data: number;
  readonly standardised: number;
  readonly gaussian: Readonly<Record<Scaling, number>>;
}

/** Two results a trained network: the covariance of the data, and the scaling of the authors' code. */
export const pcaCurved: ClaimCheck = (spec, networks) =>
  withPca(networks).flatMap((network) => {
    const compared = comparisonsOf(network);
    if (!compared) return [];
    const twin = networks.find(({ weights, architecture, data }) =>
      weights === "untrained" && architecture === network.architecture && data === network.data
    );
    const random = twin && comparisonsOf(twin);
    return (["covariance", "legacy"] as const)
      .map((scaling) => resultOf(spec, network, compared, random, scaling));
  });

function resultOf(
  spec: ClaimSpec,
  network: NetworkResult,
  compared: readonly Comparison[],
  random: readonly Comparison[] | undefined,
  scaling: Scaling,
): ClaimResult {
  const isLegacy = scaling === "legacy";
  const ratiosOf = (all: readonly Comparison[]) =>
    all.map(({ gaussian, data }) => gaussian[scaling] / data);
  const average = (number: (one: Comparison) => number) => digits(mean(compared.map(number)));
  return {
    ...checkRatios(ratiosOf(compared), { min: spec.threshold }),
    id: spec.id,
    severity: isLegacy ? "info" : severityFor(spec, network),
    source: spec.source,
    title: "Gaussian points of the same covariance have a larger ID",
    subject: isLegacy ? `${network.title}: scaling of the authors' code` : network.title,
    statistic: "ID of Gaussian points / ID of the last hidden layer, both at the full N; " +
      "geometric mean over groups",
    expected: spec.expected,
    tolerance: `at least ${spec.threshold}: ${spec.why}`,
    refutedBy: `A ratio whose whole interval lies below ${spec.threshold}`,
    explanation:
      `"${network.layers[lastHidden(network)!]!.name}" at N = ${
        compared[0]!.points
      }: Gaussian points ` +
      `${average(({ gaussian }) => gaussian[scaling])}, data ${average(({ data }) => data)}` +
      ` (${average(({ standardised }) => standardised)} with standardised features, whose ` +
      `covariance it is).` +
      (random ? ` With random weights the ratio is ${digits(mean(ratiosOf(random)))}.` : "") +
      (isLegacy
        ? " The authors' code takes deviations sqrt(s) from singular values s where s / sqrt(n - 1) " +
          "gives the covariance of the data; its cloud is rounder and its ID too large."
        : ""),
  };
}

/** All groups at the last hidden layer; undefined where a group has no Gaussian points. */
function comparisonsOf(network: NetworkResult): Comparison[] | undefined {
  const groups = network.layers[lastHidden(network) ?? -1]?.groups ?? [];
  const compared = groups.flatMap((group) => comparisonOf(group) ?? []);
  return compared.length > 0 && compared.length === groups.length ? compared : undefined;
}

function comparisonOf({ pca, estimates }: GroupResult): Comparison | undefined {
  const cloud = pca?.gaussian_null;
  const largest = cloud?.sizes.find(({ blocks }) => blocks === 1);
  if (!cloud || !largest) return undefined;
  const { points, covariance, legacy } = largest;
  return {
    points,
    data: estimates.twonn_fit.value,
    standardised: cloud.twonn_fit_standardised,
    gaussian: { covariance: covariance.mean, legacy: legacy.mean },
  };
}
