/**
 * What a training run needs to go on, and what it leaves behind, as one file of tensors.
 *
 * @module
 */
import { z } from "zod";
import { RunError } from "../base/mod.ts";
import type { FloatTensor } from "../device/mod.ts";
import type { TrainingState, Weights } from "./engine.ts";
import { decodeTensors, encodeTensors } from "./tensor_file.ts";
import type { TrainingForm } from "./training_form.ts";

/** JSON has no word for the losses of a network that diverged. */
const measured = z.union([z.number(), z.enum(["NaN", "Infinity", "-Infinity"])]).transform(Number);

const epochRecord = z.strictObject({
  epoch: z.int().positive(),
  step: z.int().positive(),
  learningRate: measured,
  trainLoss: measured,
  trainAccuracy: measured,
  validationLoss: measured.nullable(),
  validationAccuracy: measured.nullable(),
  /** Means over the epoch of what the training form tells, where its loss has further terms. */
  metrics: z.record(z.string(), measured).optional(),
});

/** What happened in one epoch. `step` and `learningRate` are those at its end. */
export type EpochRecord = z.infer<typeof epochRecord>;

/** Weights on the way. */
export interface Snapshot {
  readonly step: number;
  readonly weights: Weights;
}

/** A training run after some epochs. */
export interface Checkpoint {
  /** Identity of the run: its cell's key. */
  readonly key: string;
  readonly epoch: number;
  readonly state: TrainingState;
  readonly history: readonly EpochRecord[];
  readonly snapshots: readonly Snapshot[];
  /** The epoch with the lowest validation loss, where early stopping asks for it. */
  readonly best:
    | { readonly loss: number; readonly epoch: number; readonly weights: Weights }
    | null;
}

const aboutSchema = z.strictObject({
  key: z.string(),
  epoch: z.int().positive(),
  step: z.int().nonnegative(),
  history: z.array(epochRecord),
  snapshots: z.array(z.int().nonnegative()),
  best: z.strictObject({ loss: z.number(), epoch: z.int().positive() }).nullable(),
});

/** The bytes of a checkpoint's file. */
export function encodeCheckpoint(checkpoint: Checkpoint): Uint8Array {
  const { key, epoch, state, history, snapshots, best } = checkpoint;
  const about: z.input<typeof aboutSchema> = {
    key,
    epoch,
    step: state.step,
    history: history.map(spelled),
    snapshots: snapshots.map(({ step }) => step),
    best: best && { loss: best.loss, epoch: best.epoch },
  };
  const tensors = new Map([
    ...under("weights", state.weights),
    ...under("moments", state.moments),
    ...snapshots.flatMap(({ step, weights }) => under(`snapshot-${step}`, weights)),
    ...(best ? under("best", best.weights) : []),
  ]);
  return encodeTensors({ about, tensors });
}

/**
 * @param file Name for errors.
 * @throws {RunError} When the file is damaged, or holds something else.
 */
export function decodeCheckpoint(bytes: Uint8Array, file: string): Checkpoint {
  const { about, tensors } = decodeTensors(bytes, file);
  const parsed = aboutSchema.safeParse(about);
  if (!parsed.success) {
    throw new RunError(`${file}: not a checkpoint: ${z.prettifyError(parsed.error)}`);
  }
  const { key, epoch, step, history, snapshots, best } = parsed.data;
  return {
    key,
    epoch,
    state: { step, weights: within("weights", tensors), moments: within("moments", tensors) },
    history,
    snapshots: snapshots.map((at) => ({ step: at, weights: within(`snapshot-${at}`, tensors) })),
    best: best && { ...best, weights: within("best", tensors) },
  };
}

function spelled(record: EpochRecord): z.input<typeof epochRecord> {
  const spell = (value: number) =>
    Number.isFinite(value) ? value : String(value) as "NaN" | "Infinity" | "-Infinity";
  const { metrics, ...rest } = record;
  const { learningRate, trainLoss, trainAccuracy, validationLoss, validationAccuracy } = rest;
  return {
    ...rest,
    ...(metrics && {
      metrics: Object.fromEntries(
        Object.entries(metrics).map(([name, value]) => [name, spell(value)]),
      ),
    }),
    learningRate: spell(learningRate),
    trainLoss: spell(trainLoss),
    trainAccuracy: spell(trainAccuracy),
    validationLoss: validationLoss === null ? null : spell(validationLoss),
    validationAccuracy: validationAccuracy === null ? null : spell(validationAccuracy),
  };
}

/** Most names that an error lists. */
const MOST_NAMES = 10;

/**
 * @throws {RunError} When the checkpoint's weights are not those of the form: listing what is missing,
 * what has another shape, and what is there besides.
 */
export function requireWeightsOf(form: TrainingForm, weights: Weights, file: string): void {
  const wanted = [...form.parameters, ...form.statistics.keys()];
  const shape = (dims: readonly number[]) => `[${dims.join(", ")}]`;
  const wrong = wanted.flatMap((name) => {
    const { dims } = form.graph.initializers.get(name)!;
    const found = weights.get(name);
    if (!found) return [`lacks "${name}" ${shape(dims)}`];
    return shape(found.dims) === shape(dims)
      ? []
      : [`"${name}" is ${shape(found.dims)}, wanted ${shape(dims)}`];
  });
  const extra = [...weights.keys()].filter((name) => !wanted.includes(name))
    .map((name) => `"${name}" is not in the network`);
  const all = [...wrong, ...extra];
  if (all.length === 0) return;
  const more = all.length > MOST_NAMES ? ` and ${all.length - MOST_NAMES} more` : "";
  throw new RunError(
    `${file}: checkpoint of another architecture than ${form.graph.name}: ` +
      all.slice(0, MOST_NAMES).join("; ") + more,
  );
}

function under(place: string, weights: Weights): [string, FloatTensor][] {
  return [...weights].map(([name, tensor]) => [`${place}/${name}`, tensor]);
}

function within(place: string, tensors: Weights): Weights {
  const prefix = `${place}/`;
  return new Map(
    [...tensors].filter(([name]) => name.startsWith(prefix))
      .map(([name, tensor]) => [name.slice(prefix.length), tensor]),
  );
}
