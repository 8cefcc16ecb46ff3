/**
 * From an experiment's list of claims to results.
 *
 * @module
 */
import { didYouMean, UsageError } from "../base/mod.ts";
import type { ClaimResult, ClaimSpec, NetworkResult, TrainingResult } from "../spec/mod.ts";
import { accuracyCorrelation } from "./accuracy_correlation.ts";
import { belowInput } from "./below_input.ts";
import { belowWidth } from "./below_width.ts";
import type { ClaimCheck } from "./claim.ts";
import { controlLuminance } from "./control_luminance.ts";
import { controlShuffled } from "./control_shuffled.ts";
import { dynamics } from "./dynamics.ts";
import { hubRobust } from "./hub_robust.ts";
import { interiorPeak } from "./interior_peak.ts";
import { pcaCurved } from "./pca_curved.ts";
import { pcaGap, pcaNoGap } from "./pca_gap.ts";
import { relativeDepth } from "./relative_depth.ts";
import { scaleStable } from "./scale_stable.ts";
import { untrainedFlat } from "./untrained_flat.ts";

const CHECKS: Readonly<Record<string, ClaimCheck>> = {
  "hunch.interior-peak": interiorPeak,
  "hunch.below-input": belowInput,
  "hunch.relative-depth": relativeDepth,
  "hunch.below-width": belowWidth,
  "hunch.untrained-flat": untrainedFlat,
  "hunch.hub-robust": hubRobust,
  "ctrl.shuffled": controlShuffled,
  "ctrl.luminance": controlLuminance,
  "dyn.training": dynamics,
  "acc.correlation": accuracyCorrelation,
  "scale.stable": scaleStable,
  "pca.gap": pcaGap,
  "pca.no-gap": pcaNoGap,
  "pca.curved": pcaCurved,
};

/**
 * Refuses claims that nothing can check.
 *
 * @throws {UsageError} Naming the file, the claim and the nearest known one.
 */
export function requireKnownClaims(claims: readonly ClaimSpec[], file: string): void {
  for (const [at, { id }] of claims.entries()) {
    if (!(id in CHECKS)) {
      const hint = didYouMean(id, Object.keys(CHECKS));
      throw new UsageError(`${file}: claims[${at}].id: unknown claim "${id}"${hint}`);
    }
  }
}

/** Checks the claims on the networks of a run; those that no network speaks to give no result. */
export function checkClaims(
  claims: readonly ClaimSpec[],
  networks: readonly NetworkResult[],
  trainings: readonly TrainingResult[],
): ClaimResult[] {
  return claims.flatMap((claim) => CHECKS[claim.id]!(claim, networks, trainings));
}
