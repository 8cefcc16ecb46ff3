/**
 * Every check of a result as one table.
 *
 * @module
 */
import { csv } from "./csv.ts";
import type { RunFrame } from "./run_content.ts";

/** The table as text; names are those of `result.json`. */
export function claimTable({ claims }: RunFrame): string {
  return csv(
    [
      ...["claim", "title", "subject", "severity", "verdict", "estimate", "low", "high", "level"],
      ...["p_value", "expected", "tolerance", "source"],
    ],
    claims.map((claim) => [
      ...[claim.id, claim.title, claim.subject, claim.severity, claim.verdict, claim.estimate],
      ...[claim.interval?.[0] ?? null, claim.interval?.[1] ?? null, claim.level, claim.pValue],
      ...[claim.expected, claim.tolerance, claim.source],
    ]),
  );
}
