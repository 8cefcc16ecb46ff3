/**
 * A baseline from a run.
 *
 * @module
 */
import { RunError, UsageError } from "../base/mod.ts";
import { automaticRule } from "./automatic_rule.ts";
import {
  type Baseline,
  BASELINE_SCHEMA_VERSION,
  type BaselineEntry,
  sealBaseline,
} from "./baseline.ts";
import type { Measured, Metric } from "./measured.ts";
import { refusal } from "./rule.ts";
import { type WrittenRule, writtenRuleFor } from "./written_rules.ts";

/** What a new baseline is made from, besides the run. */
export interface BaselineRequest {
  readonly run: Measured;
  /** Why the baseline changes. */
  readonly reason: string;
  /** What it replaces. */
  readonly previous: Baseline | undefined;
  readonly written: readonly WrittenRule[];
}

/**
 * Gates what the result says that it gates, and what a written rule names.
 *
 * @throws {UsageError} Without a reason, or when a written rule is below a metric's resolution.
 * @throws {RunError} When the result has nothing to gate.
 */
export function makeBaseline({ run, reason, previous, written }: BaselineRequest): Baseline {
  if (reason.trim() === "") {
    throw new UsageError("--reason: found nothing, wanted why the baseline changes");
  }
  const { basis, place, command, startedAt } = run;
  const metrics = run.metrics.flatMap((metric) => entryOf(metric, basis.experiment, written));
  const verdicts = run.verdicts.filter(({ gates }) => gates)
    .map(({ name, verdict }) => ({ name, verdict }));
  if (metrics.length + verdicts.length === 0) {
    throw new RunError(
      `${run.file}: no number and no verdict in it gates, so it can be no baseline`,
    );
  }
  return sealBaseline({
    $schema: "./baseline.schema.json",
    schemaVersion: BASELINE_SCHEMA_VERSION,
    basis: mutable(basis),
    place: mutable(place),
    command,
    startedAt,
    metrics,
    verdicts,
    history: [
      ...previous?.history ?? [],
      { reason, startedAt, commit: place.commit, previous: previous?.seal ?? null },
    ],
  });
}

function entryOf(
  metric: Metric,
  experiment: string,
  written: readonly WrittenRule[],
): BaselineEntry[] {
  const { name, value, scale, resolution, noise } = metric;
  const asked = writtenRuleFor(written, experiment, name);
  if (asked === undefined ? !metric.gates : asked.rule === null) return [];
  const { rule, why } = asked?.rule ? { rule: asked.rule, why: asked.why } : automaticRule(metric);
  const refused = refusal(rule, metric);
  if (refused !== undefined) {
    throw new UsageError(`reports/baselines/rules.json: the rule for ${name}: ${refused}`);
  }
  return [{ name, value, scale, resolution, noise: mutable(noise), rule, why }];
}

/** A copy of plain data that its owner may change. */
function mutable<T>(value: T): Mutable<T> {
  return structuredClone(value) as Mutable<T>;
}

type Mutable<T> = { -readonly [K in keyof T]: Mutable<T[K]> };
