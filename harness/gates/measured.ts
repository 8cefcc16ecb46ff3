/**
 * What gates and comparisons know of a run: named numbers with their noise, verdicts, and what the
 * numbers rest on. Each kind of result has one file in `kinds` that reads it into this.
 *
 * @module
 */
import type { Machine, Verdict } from "../spec/mod.ts";

/** Where noise is about equally large whatever the value: IDs vary by per cents, accuracies in logits. */
export type Scale = "linear" | "log" | "logit";

/** Where a change for the worse lies. */
export type Direction = "both" | "lower" | "higher";

/** One of several values of a metric that differ by a seed or by a group of images. */
export interface Replicate {
  /** Names everything that was drawn for it: values of the same name in two runs belong together. */
  readonly key: string;
  readonly value: number;
}

/** What is known about how far a value would move if everything random were drawn again. */
export type Noise =
  | { readonly kind: "replicates"; readonly replicates: readonly Replicate[] }
  | {
    readonly kind: "interval";
    readonly interval: readonly [number, number];
    readonly level: number;
  }
  | { readonly kind: "standard error"; readonly standardError: number }
  | { readonly kind: "unknown" };

/** One number of a run. */
export interface Metric {
  /** A path that stays the same over versions, such as `networks/vgg/layers/pool1/twonn`. */
  readonly name: string;
  /** In its own unit; the mean when there are replicates. */
  readonly value: number;
  readonly scale: Scale;
  /** The smallest step it can make, 1/n for a share of n images; null when it is continuous. */
  readonly resolution: number | null;
  readonly noise: Noise;
  readonly worse: Direction;
  /** Whether a baseline that is made automatically gates it. */
  readonly gates: boolean;
}

/** One verdict of a run. */
export interface MeasuredVerdict {
  readonly name: string;
  readonly verdict: Verdict;
  readonly gates: boolean;
}

/** What numbers must share to be comparable. */
export interface Basis {
  /** Kind of result. */
  readonly kind: string;
  /** Raised when a metric of this kind changes its meaning. */
  readonly metricsVersion: number;
  readonly experiment: string;
  readonly profile: string;
  readonly specSha256: string;
  readonly seed: number;
  /** Images a group, where the kind knows groups. */
  readonly samples: number | null;
  readonly narrowed: readonly string[];
  readonly data: readonly MeasuredData[];
  /** Digests of weights that came from files. */
  readonly weights: Readonly<Record<string, string>>;
}

/** Images that numbers rest on. */
export interface MeasuredData {
  readonly id: string;
  readonly title: string;
  readonly groups: readonly {
    readonly id: string;
    readonly replicate: number;
    readonly n: number;
    readonly sha256: string;
  }[];
}

/** Where a run took place. */
export interface Place {
  readonly device: string;
  readonly threads: number;
  readonly runtime: string;
  readonly engines: readonly string[];
  readonly adapter: string | null;
  readonly os: string;
  readonly arch: string;
  readonly versions: Readonly<Record<string, string>>;
  readonly commit: string | null;
  /** Digest of deno.lock; absent in older runs, as is the machine. */
  readonly lockSha256?: string;
  readonly machine?: Machine;
}

/** A run, or what a baseline remembers of one. */
export interface Measured {
  /** File it was read from, for messages. */
  readonly file: string;
  readonly basis: Basis;
  readonly place: Place;
  readonly command: string;
  readonly startedAt: string;
  readonly metrics: readonly Metric[];
  readonly verdicts: readonly MeasuredVerdict[];
}
