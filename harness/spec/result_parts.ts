/**
 * What results of every kind have in common.
 *
 * @module
 */
import { z } from "zod";
import { machineSchema } from "./machine.ts";

export const count = z.int().nonnegative();
export const digest = z.string().regex(/^[0-9a-f]{64}$/);
export const interval = z.tuple([z.number(), z.number()]);

/** Which experiment it was. */
export const experimentHead = z.strictObject({
  id: z.string(),
  title: z.string(),
  summary: z.string(),
  paper: z.string(),
  figure: z.string(),
  specSha256: digest,
});

/** The device of a run and its self-test. */
export const device = z.strictObject({
  kind: z.enum(["cpu", "wasm", "webgpu"]),
  requested: z.enum(["cpu", "wasm", "webgpu", "auto"]),
  reason: z.string(),
  threads: count,
  runtime: z.string(),
  adapter: z.strictObject({
    vendor: z.string(),
    architecture: z.string(),
    description: z.string(),
    isFallbackAdapter: z.boolean(),
  }).nullable(),
  selfTest: z.array(z.strictObject({
    name: z.string(),
    error: z.number().nullable().describe("Largest relative error; null when it did not run"),
    tolerance: z.number(),
    passed: z.boolean(),
  })),
});

/** When, where and by what a run was made. */
export const environment = z.strictObject({
  startedAt: z.string(),
  seconds: z.number().nonnegative(),
  git: z.strictObject({ commit: z.string().nullable(), dirty: z.boolean().nullable() }),
  versions: z.record(z.string(), z.string()),
  lockSha256: digest.exactOptional().describe("SHA-256 of deno.lock, which pins every package"),
  os: z.string(),
  arch: z.string(),
  machine: machineSchema.exactOptional(),
  cells: z.strictObject({ total: count, computed: count, cached: count }),
  peakMemoryBytes: count,
  batchSize: count,
  memoryBudgetBytes: count,
});

/** Images of a data set. */
export const dataResult = z.strictObject({
  id: z.string().describe("Name in the profile"),
  title: z.string(),
  source: z.string(),
  groups: z.array(z.strictObject({
    id: z.string(),
    label: z.string(),
    replicate: count,
    n: count,
    sha256: digest,
  })),
});

/** A recipe for training. */
export const recipe = z.strictObject({
  id: z.string(),
  description: z.string(),
  settings: z.string().describe("In words"),
});

/** How good a classifier is on some images. */
export const evaluation = z.strictObject({
  loss: z.number().describe("Mean cross-entropy"),
  accuracy: z.number(),
});

/** What a claim came to. */
export const verdict = z.enum(["reproduced", "not reproduced", "inconclusive", "not comparable"]);

/** A claim and what it came to. */
export const claim = z.strictObject({
  id: z.string(),
  title: z.string(),
  subject: z.string().describe("What it was checked on, for instance one network, or all"),
  severity: z.enum(["gate", "info"]),
  statistic: z.string().describe("What was computed, in words"),
  estimate: z.number().nullable(),
  interval: interval.nullable(),
  level: z.number().nullable().describe("Confidence level of the interval"),
  test: z.string(),
  pValue: z.number().min(0).max(1).nullable(),
  expected: z.string().describe("What the paper says"),
  tolerance: z.string().describe("The region that counts as reproduced, and why"),
  refutedBy: z.string().describe("What would have refuted the claim"),
  verdict,
  explanation: z.string(),
  source: z.string().describe("Paper, section and figure"),
});

/** Two engines on the same network, from the same weights and on the same batches. */
export const agreement = z.strictObject({
  network: z.string(),
  engines: z.tuple([z.string(), z.string()]),
  batchSize: count,
  steps: z.array(z.strictObject({
    step: count,
    loss: z.number().describe("Relative difference"),
    gradients: z.number().describe("Largest difference / largest entry"),
    logits: z.number().describe("Largest difference / largest entry"),
  })),
});

export type ClaimResult = z.infer<typeof claim>;
export type AgreementResult = z.infer<typeof agreement>;
export type Verdict = z.infer<typeof verdict>;
