/**
 * Which claims about profiles survive when no image is nearest neighbour of almost everybody: every
 * check once more with estimates that withstand hubs in the place of TwoNN on all points. Not examined in
 * the paper.
 *
 * @module
 */
import type {
  ClaimResult,
  ClaimSpec,
  GroupResult,
  HubSurvival,
  NetworkResult,
  TrainingResult,
} from "../spec/mod.ts";
import { checkClaims } from "./check.ts";

/** Estimates in the order of the columns; null where there is none. */
const ESTIMATES: Readonly<
  Record<HubSurvival["checks"][number]["estimate"], (group: GroupResult) => number | null>
> = {
  twonn_fit: ({ estimates }) => estimates.twonn_fit.value,
  twonn_fit_without_it: ({ hub }) => hub.twonn_fit_without_it,
  twonn_fit_without_top_1_percent: ({ hub }) => hub.twonn_fit_without_top_1_percent,
  levina_bickel_k20: ({ estimates }) => estimates.levina_bickel_k20?.harmonic ?? null,
};

/** Claims that look at other numbers than the estimate at each layer. */
const OF_OTHER_NUMBERS = new Set([
  ...["hunch.hub-robust", "scale.stable", "pca.gap", "pca.no-gap", "pca.curved"],
]);

/** One entry for each check of a claim about profiles; none when no claim is about them. */
export function hubSurvival(
  claims: readonly ClaimSpec[],
  networks: readonly NetworkResult[],
  trainings: readonly TrainingResult[],
): HubSurvival[] {
  const asked = claims.filter(({ id }) => !OF_OTHER_NUMBERS.has(id));
  const names = Object.keys(ESTIMATES) as (keyof typeof ESTIMATES)[];
  const byEstimate = names.map((estimate) => {
    const other = networks.map((network) => withEstimate(network, ESTIMATES[estimate]));
    const known = other.filter((network) => network !== undefined);
    const checks = known.length < networks.length ? [] : checkClaims(asked, known, trainings);
    return { estimate, checks: new Map(checks.map((check) => [keyOf(check), check])) };
  });
  const usual = byEstimate.find(({ estimate }) => estimate === "twonn_fit")!;
  return [...usual.checks].map(([key, { id, title, subject }]) => ({
    claim: id,
    title,
    subject,
    checks: byEstimate.flatMap(({ estimate, checks }) => {
      const check = checks.get(key);
      return check
        ? [{ estimate, verdict: check.verdict, value: check.estimate, interval: check.interval }]
        : [];
    }),
  }));
}

function keyOf({ id, subject }: ClaimResult): string {
  return JSON.stringify([id, subject]);
}

/** The network with another estimate in the place of the usual; undefined where a group has none. */
function withEstimate(
  network: NetworkResult,
  estimateOf: (group: GroupResult) => number | null,
): NetworkResult | undefined {
  const lacks = network.layers.some(({ groups }) => groups.some((g) => estimateOf(g) === null));
  if (lacks) return undefined;
  const layers = network.layers.map((layer) => ({
    ...layer,
    groups: layer.groups.map((group) => ({
      ...group,
      estimates: {
        ...group.estimates,
        twonn_fit: { ...group.estimates.twonn_fit, value: estimateOf(group)! },
      },
    })),
  }));
  return { ...network, layers };
}
