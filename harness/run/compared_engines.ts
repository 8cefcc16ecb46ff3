/**
 * Which two engines a comparison is about.
 *
 * @module
 */
import type { Device } from "../device/mod.ts";
import type { Engine } from "../train/mod.ts";
import { nudgedWeights } from "../train/nudged_weights.ts";
import { chooseEngine } from "./choose_engine.ts";

/**
 * What the engine of a run is compared with: another one, and itself from weights that differ by
 * rounding, the yardstick of the first.
 */
export const COMPARISONS = ["other engine", "nudged weights"] as const;

/** One of {@linkcode COMPARISONS}. */
export type Comparison = typeof COMPARISONS[number];

/** The engine of the run and what it is compared with. */
export async function comparedEngines(
  engine: Engine,
  against: Comparison,
  device: Device,
): Promise<[Engine, Engine]> {
  const other = against === "nudged weights"
    ? nudgedWeights(engine)
    : await chooseEngine(engine.name.startsWith("ort") ? "tfjs" : "ort", device);
  return [engine, other];
}

/** What tells a comparison apart among the parameters of its cell. */
export function comparisonKey(against: Comparison): { against?: Comparison } {
  return against === "other engine" ? {} : { against };
}
