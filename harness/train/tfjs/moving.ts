/**
 * Which parameters an optimiser moves, and how fast.
 *
 * @module
 */
import { didYouMean, UsageError } from "../../base/mod.ts";
import type { OptimiserSettings } from "../optimiser.ts";

/** A parameter that is not frozen. */
export interface MovingParameter {
  readonly name: string;
  /** Factor on the learning rate. */
  readonly rate: number;
  readonly weightDecay: number;
}

/** @throws {UsageError} When a group's prefix fits no parameter. */
export function movingParameters(
  names: readonly string[],
  { groups, weightDecay }: OptimiserSettings,
): MovingParameter[] {
  for (const prefix of groups.flatMap(({ prefixes }) => prefixes)) {
    if (names.some((name) => name.startsWith(prefix))) continue;
    throw new UsageError(
      `optimiser group: no parameter's name starts with "${prefix}"${didYouMean(prefix, names)}`,
    );
  }
  return names
    .map((name) => ({
      rate: 1,
      weightDecay,
      ...groups.find(({ prefixes }) => prefixes.some((prefix) => name.startsWith(prefix))),
      name,
    }))
    .filter(({ rate }) => rate !== 0);
}
