/**
 * What results of every kind say about themselves, and their claims.
 *
 * @module
 */
import type { ClaimResult, ProtopnetResult, Result } from "../../spec/mod.ts";
import { mean } from "../../stats/mod.ts";
import type { Basis, Measured, MeasuredVerdict, Metric, Noise, Replicate } from "../measured.ts";
import { metricName } from "../metric_name.ts";

/** The fields that all kinds share. */
export type AnyResult = Pick<
  Result | ProtopnetResult,
  | "experiment"
  | "profile"
  | "seed"
  | "narrowed"
  | "command"
  | "device"
  | "environment"
  | "data"
  | "claims"
>;

/** What only the kind knows. */
export interface KindOfRun extends Pick<Basis, "kind" | "metricsVersion" | "samples" | "weights"> {
  readonly file: string;
  readonly engines: readonly string[];
  /** Besides the estimates of the claims. */
  readonly metrics: readonly Metric[];
}

/** The whole run. */
export function measuredRun(result: AnyResult, of: KindOfRun): Measured {
  const { experiment, profile, seed, narrowed, device, environment } = result;
  return {
    file: of.file,
    basis: {
      kind: of.kind,
      metricsVersion: of.metricsVersion,
      experiment: experiment.id,
      profile,
      specSha256: experiment.specSha256,
      seed,
      samples: of.samples,
      narrowed,
      data: result.data.map(({ id, title, groups }) => ({
        id,
        title,
        groups: groups.map(({ id, replicate, n, sha256 }) => ({ id, replicate, n, sha256 })),
      })),
      weights: of.weights,
    },
    place: {
      device: device.kind,
      threads: device.threads,
      runtime: device.runtime,
      engines: [...new Set(of.engines)].sort(),
      adapter: device.adapter?.description ?? null,
      os: environment.os,
      arch: environment.arch,
      versions: environment.versions,
      commit: environment.git.commit,
      ...environment.lockSha256 !== undefined && { lockSha256: environment.lockSha256 },
      ...environment.machine && { machine: environment.machine },
    },
    command: result.command,
    startedAt: environment.startedAt,
    metrics: [...result.claims.flatMap(claimMetric), ...of.metrics],
    verdicts: result.claims.map(claimVerdict),
  };
}

function claimVerdict({ id, subject, severity, verdict }: ClaimResult): MeasuredVerdict {
  return {
    name: metricName("claims", id, subject, "verdict"),
    verdict,
    gates: severity === "gate",
  };
}

function claimMetric({ id, subject, severity, estimate, interval, level }: ClaimResult): Metric[] {
  if (estimate === null) return [];
  return [{
    name: metricName("claims", id, subject, "estimate"),
    value: estimate,
    scale: Math.min(estimate, ...interval ?? []) > 0 ? "log" : "linear",
    resolution: null,
    noise: interval && level !== null ? { kind: "interval", interval, level } : { kind: "unknown" },
    worse: "both",
    gates: severity === "gate",
  }];
}

/** Accuracies of one model, a value a replicate; the noise of a single one is binomial. */
export function accuracyMetric(
  name: string,
  runs: readonly {
    readonly key: string;
    readonly accuracy: number;
    readonly images: number;
  }[],
  gates: boolean,
): Metric {
  const values = runs.map(({ accuracy }) => accuracy);
  const images = runs.reduce((sum, run) => sum + run.images, 0);
  const accuracy = mean(values);
  return {
    name,
    value: accuracy,
    scale: "logit",
    resolution: images > 0 ? 1 / images : null,
    noise: noiseOf(
      values,
      runs.map(({ key }) => key),
      Math.sqrt(accuracy * (1 - accuracy) / images),
    ),
    worse: "lower",
    gates,
  };
}

/** Name of everything that one replicate of a run drew. */
export function replicateKey(seed: number, replicate: number): string {
  return `seed ${seed}, replicate ${replicate}`;
}

/**
 * Replicates tell the noise; a single value only has the error of its estimator.
 *
 * @param keys Names of the replicates.
 */
export function noiseOf(
  values: readonly number[],
  keys: readonly string[],
  standardError: number | null,
): Noise {
  if (values.length > 1) {
    const replicates = values.map((value, at): Replicate => ({ key: keys[at]!, value }));
    return { kind: "replicates", replicates };
  }
  return standardError !== null && standardError > 0
    ? { kind: "standard error", standardError }
    : { kind: "unknown" };
}
