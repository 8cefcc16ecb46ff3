/**
 * Verdicts of a run against those of a baseline.
 *
 * @module
 */
import type { Verdict } from "../spec/mod.ts";
import type { Baseline } from "./baseline.ts";
import { isSameComputation } from "./comparable.ts";
import type { GateRow, GateState } from "./gate_row.ts";
import type { Measured } from "./measured.ts";

const RANK: Readonly<Record<Verdict, number>> = {
  reproduced: 2,
  inconclusive: 1,
  "not comparable": 0,
  "not reproduced": 0,
};

/**
 * One row a verdict. In the very same computation anything worse fails, as `reproduce` counts an
 * inconclusive gate as not passed. With other seeds, or on another machine, where rounding grows during
 * training, `inconclusive` contradicts nothing: only a claim that turns from reproduced to not reproduced
 * fails, and the claim's estimate is gated by itself.
 */
export function checkVerdicts(
  baseline: Pick<Baseline, "verdicts" | "basis" | "place">,
  run: Pick<Measured, "verdicts" | "basis" | "place">,
): GateRow[] {
  const same = isSameComputation(baseline, run);
  return baseline.verdicts.map(({ name, verdict: before }): GateRow => {
    const after = run.verdicts.find((verdict) => verdict.name === name)?.verdict;
    const [state, message] = after === undefined
      ? ["failed", "the result has no such verdict"] as const
      : compare(before, after, same);
    return {
      name,
      state,
      baseline: before,
      found: after ?? null,
      rule: "no worse verdict",
      pValue: null,
      adjusted: null,
      direction: after === undefined ? 0 : Math.sign(RANK[after] - RANK[before]) as -1 | 0 | 1,
      message,
    };
  });
}

function compare(before: Verdict, after: Verdict, same: boolean): readonly [GateState, string] {
  const step = RANK[after] - RANK[before];
  if (step > 0) return ["warning", "better than the baseline, which could be updated"];
  if (step === 0) {
    if (before !== after) return ["warning", `was ${before}`];
    return before === "reproduced"
      ? ["passed", "as in the baseline"]
      : ["known", "not reproduced in the baseline either"];
  }
  if (same || step === -2) return ["failed", `was ${before}`];
  return ["warning", `was ${before}; with other seeds or elsewhere this contradicts nothing`];
}
