/**
 * How good the explanations are, for ProtoPNet and what it is compared with.
 *
 * @module
 */
import { mean, sampleStandardDeviation } from "simple-statistics";
import type { MetricResult, ProtopnetResult } from "../../harness/spec/mod.ts";
import { digits, NONE } from "../views/format.ts";

/** The section with the metrics; null where none was measured. */
export function metricsView({ models }: ProtopnetResult) {
  const measured = models.filter(({ runs }) => runs.some(({ metrics }) => metrics.length > 0));
  if (measured.length === 0) return null;
  const ids = [
    ...new Set(measured.flatMap(({ runs }) => runs.flatMap(({ metrics }) => metrics.map(idOf)))),
  ];
  return {
    models: measured.map(({ title }) => title),
    rows: ids.map((id) => {
      const values = measured.map(({ runs }) =>
        runs.flatMap(({ metrics }) => metrics.filter((metric) => metric.id === id))
      );
      return {
        id,
        convention: values.flat()[0]!.convention,
        cells: values.map(cellOf),
      };
    }),
  };
}

function idOf({ id }: MetricResult): string {
  return id;
}

/** Mean and standard deviation over replicates. */
function cellOf(metrics: readonly MetricResult[]): string {
  const values = metrics.flatMap(({ value }) => value ?? []);
  if (values.length === 0) return NONE;
  if (values.length === 1) return digits(values[0]);
  return `${digits(mean(values))} ± ${digits(sampleStandardDeviation(values), 2)}`;
}
