/**
 * Flaky or broken? What repeats with other seeds say about gates that failed.
 *
 * @module
 */
import type { Baseline } from "./baseline.ts";
import { checkMetrics } from "./check_metrics.ts";
import type { GateRow } from "./gate_row.ts";
import type { Measured, Metric, Noise } from "./measured.ts";

/** A run with what it came to. */
export interface CheckedRun {
  readonly run: Measured;
  readonly rows: readonly GateRow[];
}

/**
 * The rows of the first run, with failures settled by all runs together. A gate is broken, and stays
 * `failed`, when more than half of the runs fail in the same direction, or when the rule fails for the
 * values of all runs pooled. Otherwise the runs disagree, and it is `flaky`.
 *
 * @param runs The first run and at least one repeat with another seed.
 */
export function settleByRepeats(baseline: Baseline, runs: readonly CheckedRun[]): GateRow[] {
  const [first] = runs as [CheckedRun, ...CheckedRun[]];
  const pooled = new Map(
    checkMetrics(baseline, poolRuns(runs.map(({ run }) => run))).map((row) => [row.name, row]),
  );
  return first.rows.map((row) => {
    if (row.state !== "failed") return row;
    const failures = runs.flatMap(({ rows }) =>
      rows.filter(({ name, state }) => name === row.name && state === "failed")
    );
    const agreeing = Math.max(
      ...[-1, 0, 1].map((way) => failures.filter(({ direction }) => direction === way).length),
    );
    const together = pooled.get(row.name);
    const count = `${failures.length} of ${runs.length} seeds fail`;
    if (2 * agreeing > runs.length) return { ...row, message: `broken, ${count}: ${row.message}` };
    if (together?.state === "failed") {
      return { ...row, message: `broken, all seeds together: ${together.message}` };
    }
    return { ...row, state: "flaky", message: `${count}, not together: ${row.message}` };
  });
}

/** All runs as one, with the replicates of each, which pair with none of the baseline's any more. */
function poolRuns(runs: readonly Measured[]): Pick<Measured, "metrics"> {
  const [first] = runs as [Measured, ...Measured[]];
  const metrics = first.metrics.flatMap((metric): Metric[] => {
    const all = runs.flatMap(({ metrics }) => metrics.filter(({ name }) => name === metric.name));
    const value = all.reduce((sum, { value }) => sum + value, 0) / all.length;
    return [{ ...metric, value, noise: poolNoise(all, runs) }];
  });
  return { metrics };
}

function poolNoise(metrics: readonly Metric[], runs: readonly Measured[]): Noise {
  const replicates = metrics.flatMap(({ noise, value }, at) =>
    (noise.kind === "replicates" ? noise.replicates : [{ key: "", value }])
      .map(({ key, value }) => ({ key: `seed ${runs[at]!.basis.seed}: ${key}`, value }))
  );
  return { kind: "replicates", replicates };
}
