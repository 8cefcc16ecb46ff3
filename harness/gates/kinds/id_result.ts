/**
 * The metrics of a result about intrinsic dimension.
 *
 * @module
 */
import {
  type LayerResult,
  type NetworkResult,
  parseJson,
  type Result,
  resultSchema,
} from "../../spec/mod.ts";
import { mean } from "../../stats/mod.ts";
import type { Measured, Metric } from "../measured.ts";
import { metricName } from "../metric_name.ts";
import { accuracyMetric, measuredRun, noiseOf, replicateKey } from "./result_head.ts";

/** Version of the metrics below; raised when one changes its meaning. */
export const ID_METRICS_VERSION = 1;

/** True over asymptotic standard error of TwoNN at the most, from simulation (README). */
const TRUE_OVER_ASYMPTOTIC = 1.4;

/** Whether a parsed file looks like a result of this kind. */
export function isIdResult(value: object): boolean {
  return !("kind" in value) && "networks" in value && "claims" in value;
}

/**
 * Reads a result.
 *
 * @throws {UsageError} When it does not follow the schema.
 */
export function idResult(text: string, file: string): Measured {
  return measureIdResult(parseJson(resultSchema, text, file), file);
}

/** The metrics and verdicts of a result that was read before. */
export function measureIdResult(result: Result, file: string): Measured {
  const { samples, networks, trainings } = result;
  return measuredRun(result, {
    file,
    kind: "id",
    metricsVersion: ID_METRICS_VERSION,
    samples,
    weights: Object.fromEntries(
      networks.filter(({ file }) => file !== null).map(({ id, sha256 }) => [id, sha256]),
    ),
    engines: trainings.map(({ engine }) => engine),
    metrics: [
      ...networks.flatMap((network) => networkMetrics(network, replicateKeys(result, network))),
      ...trainingMetrics(result),
    ],
  });
}

/**
 * Names of the groups of a network. Only classes of images seen by weights from a file are the same for
 * every seed; all others carry the seed and the replicate that drew them.
 */
function replicateKeys(
  { data, seed }: Result,
  { data: id, file, layers }: NetworkResult,
): string[] {
  const groups = data.find((set) => set.id === id)?.groups ?? [];
  const isDrawn = file === null || groups.some(({ replicate }) => replicate > 0);
  return layers[0]?.groups.map(({ group }, at) =>
    isDrawn ? `${group}, ${replicateKey(seed, groups[at]?.replicate ?? at)}` : group
  ) ?? [];
}

function networkMetrics(network: NetworkResult, keys: readonly string[]): Metric[] {
  const { id, layers } = network;
  if (layers.length === 0) return [];
  const dimension = (name: string, estimates: readonly Estimate[]): Metric => ({
    name,
    value: mean(estimates.map(({ value }) => value)),
    scale: "log",
    resolution: null,
    noise: noiseOf(
      estimates.map(({ value }) => value),
      keys,
      TRUE_OVER_ASYMPTOTIC * estimates[0]!.standardError,
    ),
    worse: "both",
    gates: network.gates,
  });
  const at = (group: number) => layers.map(({ groups }) => groups[group]!.estimates.twonn_fit);
  return [
    ...layers.map((layer) =>
      dimension(
        metricName("networks", id, "layers", layer.name, "twonn"),
        layer.groups.map(({ estimates }) => estimates.twonn_fit),
      )
    ),
    dimension(metricName("networks", id, "peak-twonn"), keys.map((_, group) => highest(at(group)))),
    ...layers.flatMap((layer) => linearDimension(layer, id, keys)),
  ];
}

type Estimate = LayerResult["groups"][number]["estimates"]["twonn_fit"];

function highest(estimates: readonly Estimate[]): Estimate {
  return estimates.reduce((best, estimate) => estimate.value > best.value ? estimate : best);
}

/** Principal components for 90 % of the variance, where the profile counts them. */
function linearDimension(layer: LayerResult, network: string, keys: readonly string[]): Metric[] {
  const values = layer.groups.flatMap(({ pca }) => pca ? [pca.n90] : []);
  if (values.length === 0 || values.length !== layer.groups.length) return [];
  return [{
    name: metricName("networks", network, "layers", layer.name, "pc-id"),
    value: mean(values),
    scale: "log",
    resolution: 1 / values.length,
    noise: noiseOf(values, keys, null),
    worse: "both",
    gates: false,
  }];
}

function trainingMetrics({ trainings, networks, seed }: Result): Metric[] {
  const gating = new Set(networks.filter(({ gates }) => gates).map(({ id }) => id));
  const runs = Map.groupBy(trainings, ({ networks }) => networks.join("+"));
  return [...runs].map(([name, replicates]) =>
    accuracyMetric(
      metricName("trainings", name, "test-accuracy"),
      replicates.map(({ replicate, test, testImages }) => ({
        key: replicateKey(seed, replicate),
        accuracy: test.accuracy,
        images: testImages,
      })),
      replicates[0]!.networks.some((id) => gating.has(id)),
    )
  );
}
