/**
 * The numbers of a result on prototype networks as tables.
 *
 * @module
 */
import type { ProtopnetResult } from "../../harness/spec/mod.ts";
import { csv } from "./csv.ts";

/** A row for each training of each model. */
export function accuracyTable({ models }: ProtopnetResult): string {
  return csv(
    [
      ...["model", "kind", "data", "replicate", "seed", "engine", "kept_epoch"],
      ...["test_images", "test_accuracy", "test_loss", "paper_accuracy_percent"],
    ],
    models.flatMap(({ id, kind, data, paper, runs }) =>
      runs.map(({ replicate, seed, engine, keptEpoch, testImages, test }) => [
        ...[id, kind, data, replicate, seed, engine, keptEpoch],
        ...[testImages, test.accuracy, test.loss, paper?.mean ?? null],
      ])
    ),
  );
}

/** A row for each metric of each training. */
export function metricTable({ models }: ProtopnetResult): string {
  return csv(
    ["model", "replicate", "metric", "value", "standard_deviation", "over", "convention"],
    models.flatMap(({ id, runs }) =>
      runs.flatMap(({ replicate, metrics }) =>
        metrics.map((metric) => [
          ...[id, replicate, metric.id, metric.value, metric.standardDeviation, metric.over],
          metric.convention,
        ])
      )
    ),
  );
}
