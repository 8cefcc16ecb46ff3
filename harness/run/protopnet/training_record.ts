/**
 * What a trained model leaves in the store: a record and its weights.
 *
 * @module
 */
import { z } from "zod";
import { chosenState } from "../../prototypes/training/mod.ts";
import { decodeTensors, encodeTensors, type Weights } from "../../train/mod.ts";

const score = z.strictObject({ loss: z.number(), accuracy: z.number() });

const recordSchema = z.strictObject({
  trainImages: z.int().positive(),
  validationImages: z.int().nonnegative(),
  seconds: z.number().nonnegative(),
  parameters: z.int().positive(),
  keptEpoch: z.int().nonnegative(),
  history: z.array(z.strictObject({
    stage: z.string(),
    epoch: z.int().positive(),
    terms: z.record(z.string(), z.number()),
    validationAccuracy: z.number().nullable(),
  })),
  validation: score.nullable(),
  /** Of a ProtoPNet: which state it is. */
  chosen: chosenState.nullable(),
});

/** What is known of a finished training. */
export type ModelRecord = z.infer<typeof recordSchema>;

/** A trained model as it is stored. */
export interface StoredModel {
  readonly record: ModelRecord;
  readonly weights: Weights;
}

export function encodeModel({ record, weights }: StoredModel): Uint8Array {
  return encodeTensors({ about: record, tensors: new Map(weights) });
}

/** @param name For errors. */
export function decodeModel(bytes: Uint8Array, name: string): StoredModel {
  const { about, tensors } = decodeTensors(bytes, `trained weights of ${name}`);
  return { record: recordSchema.parse(about), weights: tensors };
}
