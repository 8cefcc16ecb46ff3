/**
 * From an experiment's list of claims about ProtoPNet to results.
 *
 * @module
 */
import { didYouMean, UsageError } from "../../base/mod.ts";
import type { ClaimResult, ClaimSpec } from "../../spec/mod.ts";
import { accuracy } from "./accuracy.ts";
import { additive } from "./additive.ts";
import { cases } from "./cases.ts";
import type { Evidence, ProtopnetClaimCheck } from "./claim.ts";
import { ensemble } from "./ensemble.ts";
import { ownNeighbours, pruningCost } from "./local.ts";
import { parts, purerThanCam } from "./parts.ts";

const CHECKS: Readonly<Record<string, ProtopnetClaimCheck>> = {
  "proto.accuracy": accuracy,
  "proto.ensemble": ensemble,
  "proto.additive": additive,
  "proto.cases": cases,
  "proto.local": ownNeighbours,
  "proto.pruning": pruningCost,
  "proto.parts": parts,
  "proto.parts-cam": purerThanCam,
};

/**
 * Refuses claims that nothing can check.
 *
 * @throws {UsageError} Naming the file, the claim and the nearest known one.
 */
export function requireProtopnetClaims(claims: readonly ClaimSpec[], file: string): void {
  for (const [at, { id }] of claims.entries()) {
    if (!(id in CHECKS)) {
      const hint = didYouMean(id, Object.keys(CHECKS));
      throw new UsageError(`${file}: claims[${at}].id: unknown claim "${id}"${hint}`);
    }
  }
}

/** Checks the claims; those that no model speaks to give no result. */
export function checkProtopnetClaims(
  claims: readonly ClaimSpec[],
  evidence: Evidence,
): ClaimResult[] {
  return claims.flatMap((claim) => CHECKS[claim.id]!(claim, evidence));
}
