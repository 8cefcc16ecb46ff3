/**
 * What the checks of all claims have in common.
 *
 * @module
 */
import { ratioTest, type Region } from "../stats/mod.ts";
import type { ClaimResult, ClaimSpec, NetworkResult, TrainingResult } from "../spec/mod.ts";

/** Confidence level of every interval that decides a verdict. */
export const LEVEL = 0.95;

/** Groups of images that an interval over groups needs at the least. */
export const FEWEST_GROUPS = 3;

/** Checks one claim on the networks of a run and their training; one result for each subject. */
export type ClaimCheck = (
  spec: ClaimSpec,
  networks: readonly NetworkResult[],
  trainings: readonly TrainingResult[],
) => ClaimResult[];

/** A number as text, three significant digits. */
export function digits(value: number): string {
  return Number.isFinite(value) ? String(Number(value.toPrecision(3))) : String(value);
}

/** The numbers of a claim about a ratio that is measured once in each group of images. */
export type RatioCheck = Pick<
  ClaimResult,
  "estimate" | "interval" | "level" | "test" | "pValue" | "verdict"
>;

/** Geometric mean of the ratios, its interval over groups, and where that lies. */
export function checkRatios(ratios: readonly number[], region: Region): RatioCheck {
  if (ratios.length < FEWEST_GROUPS) {
    return {
      estimate: null,
      interval: null,
      level: null,
      test: `none: ${ratios.length} groups of images, at least ${FEWEST_GROUPS} wanted`,
      pValue: null,
      verdict: "inconclusive",
    };
  }
  const { estimate, interval, pValue, verdict } = ratioTest(ratios, region, LEVEL);
  return {
    estimate,
    interval: [...interval],
    level: LEVEL,
    test: `one-sided t test of the log ratios of ${ratios.length} groups against the edge`,
    pValue,
    verdict,
  };
}

/** Claims about one network gate only where the experiment says that they do. */
export function severityFor(spec: ClaimSpec, network: NetworkResult): ClaimResult["severity"] {
  return network.gates ? spec.severity : "info";
}
