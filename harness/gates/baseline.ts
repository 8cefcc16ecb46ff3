/**
 * Baselines: the numbers and verdicts that later runs are held against, sealed by a digest over the
 * whole file so that they change only with a written reason.
 *
 * @module
 */
import { z } from "zod";
import { canonicalJson, messageOf, RunError, sha256 } from "../base/mod.ts";
import { machineSchema, parseJson, type Verdict } from "../spec/mod.ts";
import { parseObject, readBounded } from "./read_measured.ts";
import type { Measured } from "./measured.ts";
import { refusal, ruleSchema } from "./rule.ts";

/** Version of the layout below. */
export const BASELINE_SCHEMA_VERSION = 1;

const count = z.int().nonnegative();
const digest = z.string().regex(/^[0-9a-f]{64}$/);
const text = z.string().min(1);

const VERDICTS = [
  "reproduced",
  "not reproduced",
  "inconclusive",
  "not comparable",
] as const satisfies readonly Verdict[];

const noise = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("replicates"),
    replicates: z.array(z.strictObject({ key: z.string(), value: z.number() })).min(2),
  }),
  z.strictObject({
    kind: z.literal("interval"),
    interval: z.tuple([z.number(), z.number()]),
    level: z.number().gt(0).lt(1),
  }),
  z.strictObject({ kind: z.literal("standard error"), standardError: z.number().positive() }),
  z.strictObject({ kind: z.literal("unknown") }),
]);

const entry = z.strictObject({
  name: text,
  value: z.number(),
  scale: z.enum(["linear", "log", "logit"]),
  resolution: z.number().positive().nullable(),
  noise,
  rule: ruleSchema,
  why: text.describe("Where the rule comes from"),
});

const gatedVerdict = z.strictObject({ name: text, verdict: z.enum(VERDICTS) });

const basis = z.strictObject({
  kind: text,
  metricsVersion: count,
  experiment: text,
  profile: text,
  specSha256: digest,
  seed: count,
  samples: count.nullable(),
  narrowed: z.array(z.string()),
  data: z.array(z.strictObject({
    id: z.string(),
    title: z.string(),
    groups: z.array(z.strictObject({ id: z.string(), replicate: count, n: count, sha256: digest })),
  })),
  weights: z.record(z.string(), digest),
});

const place = z.strictObject({
  device: text,
  threads: count,
  runtime: z.string(),
  engines: z.array(z.string()),
  adapter: z.string().nullable(),
  os: z.string(),
  arch: z.string(),
  versions: z.record(z.string(), z.string()),
  commit: z.string().nullable(),
  lockSha256: digest.exactOptional(),
  machine: machineSchema.exactOptional(),
});

const change = z.strictObject({
  reason: text,
  startedAt: z.string().describe("When the run began that gave the numbers"),
  commit: z.string().nullable(),
  previous: digest.nullable().describe("Seal of the baseline that was replaced"),
});

/** The whole file. */
export const baselineSchema = z.strictObject({
  $schema: z.string(),
  schemaVersion: z.literal(BASELINE_SCHEMA_VERSION),
  basis,
  place,
  command: z.string(),
  startedAt: z.string(),
  metrics: z.array(entry),
  verdicts: z.array(gatedVerdict),
  history: z.array(change).min(1).describe("Why it changed, oldest first"),
  seal: digest.describe("SHA-256 of the canonical JSON of everything else"),
});

export type Baseline = z.infer<typeof baselineSchema>;
export type BaselineEntry = z.infer<typeof entry>;
export type UnsealedBaseline = Omit<Baseline, "seal">;

/** Completes a baseline with its seal. */
export function sealBaseline(content: UnsealedBaseline): Baseline {
  return { ...content, seal: sha256(canonicalJson(content)) };
}

/** Whether a parsed file claims to be a baseline. */
export function looksLikeBaseline(value: object): boolean {
  return "seal" in value && "metrics" in value;
}

/**
 * Reads a baseline.
 *
 * @throws {RunError} When it is absent, of another version, broken, edited by hand, or holds a rule
 * below its metric's resolution.
 */
export async function readBaseline(file: string): Promise<Baseline> {
  return parseBaseline(await readBounded(file), file);
}

/** The baseline that a text holds; throws as `readBaseline`. */
export function parseBaseline(json: string, file: string): Baseline {
  const value = parseObject(json, file);
  if ("schemaVersion" in value && value.schemaVersion !== BASELINE_SCHEMA_VERSION) {
    throw new RunError(
      `${file}: schemaVersion: found ${JSON.stringify(value.schemaVersion)}, wanted ` +
        `${BASELINE_SCHEMA_VERSION}; "gate --update-baseline" writes it anew`,
    );
  }
  let baseline: Baseline;
  try {
    baseline = parseJson(baselineSchema, json, file);
  } catch (error) {
    throw new RunError(messageOf(error));
  }
  const { seal, ...content } = baseline;
  const wanted = sha256(canonicalJson(content));
  if (seal !== wanted) {
    throw new RunError(
      `${file}: seal: found ${seal.slice(0, 12)}, wanted ${wanted.slice(0, 12)}: the file was ` +
        'changed by hand or damaged; restore it, or change it by "gate --update-baseline"',
    );
  }
  requireSound(baseline, file);
  return baseline;
}

function requireSound({ metrics, verdicts }: Baseline, file: string): void {
  const names = [...metrics, ...verdicts].map(({ name }) => name);
  const twice = names.find((name, at) => names.indexOf(name) !== at);
  if (twice !== undefined) throw new RunError(`${file}: ${twice}: found twice`);
  for (const metric of metrics) {
    const why = refusal(metric.rule, metric);
    if (why !== undefined) throw new RunError(`${file}: ${metric.name}: ${why}`);
  }
}

/** What a baseline remembers, as a run. */
export function baselineAsMeasured(
  { basis, place, command, startedAt, metrics, verdicts }: Baseline,
  file: string,
): Measured {
  return {
    file,
    basis,
    place,
    command,
    startedAt,
    metrics: metrics.map(({ name, value, scale, resolution, noise, rule }) => ({
      name,
      value,
      scale,
      resolution,
      noise,
      worse: rule.kind === "test" ? rule.direction : "both",
      gates: true,
    })),
    verdicts: verdicts.map(({ name, verdict }) => ({ name, verdict, gates: true })),
  };
}
