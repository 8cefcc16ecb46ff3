/**
 * The metrics of a result about ProtoPNet and its comparators.
 *
 * @module
 */
import {
  type ModelResult,
  parseJson,
  type ProtopnetResult,
  protopnetResultSchema,
} from "../../spec/mod.ts";
import { mean } from "../../stats/mod.ts";
import type { Measured, Metric } from "../measured.ts";
import { metricName } from "../metric_name.ts";
import { accuracyMetric, measuredRun, noiseOf, replicateKey } from "./result_head.ts";

/** Version of the metrics below; raised when one changes its meaning. */
export const PROTOPNET_METRICS_VERSION = 1;

/** Whether a parsed file looks like a result of this kind. */
export function isProtopnetResult(value: object): boolean {
  return "kind" in value && value.kind === "protopnet";
}

/**
 * Reads a result.
 *
 * @throws {UsageError} When it does not follow the schema.
 */
export function protopnetResult(text: string, file: string): Measured {
  return measureProtopnetResult(parseJson(protopnetResultSchema, text, file), file);
}

/** The metrics and verdicts of a result that was read before. */
export function measureProtopnetResult(result: ProtopnetResult, file: string): Measured {
  const { models, ensembles, seed } = result;
  return measuredRun(result, {
    file,
    kind: "protopnet",
    metricsVersion: PROTOPNET_METRICS_VERSION,
    samples: null,
    weights: {},
    engines: models.flatMap(({ runs }) => runs.map(({ engine }) => engine)),
    metrics: [
      ...models.flatMap((model) => modelMetrics(model, seed)),
      ...ensembles.filter(({ runs }) => runs.length > 0).map(({ id, runs }) =>
        accuracyMetric(
          metricName("ensembles", id, "test-accuracy"),
          runs.map(({ replicate, test }) => ({
            key: replicateKey(seed, replicate),
            accuracy: test.accuracy,
            images: test.correct.length,
          })),
          false,
        )
      ),
    ],
  });
}

function modelMetrics({ id, gates, runs }: ModelResult, seed: number): Metric[] {
  if (runs.length === 0) return [];
  const accuracy = accuracyMetric(
    metricName("models", id, "test-accuracy"),
    runs.map(({ replicate, test, testImages }) => ({
      key: replicateKey(seed, replicate),
      accuracy: test.accuracy,
      images: testImages,
    })),
    gates,
  );
  const names = [...new Set(runs.flatMap(({ metrics }) => metrics.map(({ id }) => id)))];
  return [accuracy, ...names.flatMap((name) => partMetric(id, name, runs, seed))];
}

/** A measure of parts or explanations, where every run of the model has it. */
function partMetric(
  model: string,
  id: string,
  runs: ModelResult["runs"],
  seed: number,
): Metric[] {
  const found = runs.flatMap(({ metrics }) => metrics.filter((metric) => metric.id === id));
  const values = found.flatMap(({ value }) => value === null ? [] : [value]);
  if (values.length !== runs.length) return [];
  return [{
    name: metricName("models", model, "metrics", id),
    value: mean(values),
    scale: "linear",
    resolution: null,
    noise: noiseOf(values, runs.map(({ replicate }) => replicateKey(seed, replicate)), null),
    worse: "both",
    gates: false,
  }];
}
