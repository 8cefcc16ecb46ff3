/**
 * Which parameters an optimiser moves, and how fast.
 *
 * @module
 */
import { didYouMean, UsageError } from "../base/mod.ts";
import type { OptimiserSettings } from "./optimiser.ts";

/** A parameter that is not frozen. */
export interface MovingParameter {
  readonly name: string;
  /** Factor on the learning rate. */
  readonly rate: number;
  readonly weightDecay: number;
}

/**
 * The parameters that are not frozen, in the given order, each with the settings of its group.
 *
 * @throws {UsageError} When a group's prefix fits no parameter.
 */
export function movingParameters<T extends { readonly name: string }>(
  parameters: readonly T[],
  settings: OptimiserSettings,
): (T & MovingParameter)[] {
  requirePrefixes(parameters.map(({ name }) => name), settings);
  return parameters
    .map((parameter) => ({ ...parameter, ...motionOf(parameter.name, settings) }))
    .filter(({ rate }) => rate !== 0);
}

function motionOf(
  name: string,
  { groups, weightDecay }: OptimiserSettings,
): Pick<MovingParameter, "rate" | "weightDecay"> {
  const group = groups.find(({ prefixes }) => prefixes.some((prefix) => name.startsWith(prefix)));
  return group ? { rate: group.rate, weightDecay: group.weightDecay } : { rate: 1, weightDecay };
}

function requirePrefixes(names: readonly string[], { groups }: OptimiserSettings): void {
  for (const prefix of groups.flatMap(({ prefixes }) => prefixes)) {
    if (names.some((name) => name.startsWith(prefix))) continue;
    throw new UsageError(
      `optimiser group: no parameter's name starts with "${prefix}"${nearest(prefix, names)}`,
    );
  }
}

/** Prefixes are often layers, so the beginnings of names are candidates too. */
function nearest(prefix: string, names: readonly string[]): string {
  const starts = names.flatMap((name) => {
    const parts = name.split(".");
    return parts.map((_, at) => parts.slice(0, at + 1).join("."));
  });
  return didYouMean(prefix, new Set(starts));
}
