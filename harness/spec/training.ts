/**
 * How an experiment's JSON file describes a training run.
 *
 * @module
 */
import { z } from "zod";

const positive = z.int().positive();
const share = z.number().min(0).max(1);

const method = z.discriminatedUnion("name", [
  z.strictObject({
    name: z.literal("sgd"),
    momentum: share.default(0),
    nesterov: z.boolean().default(false),
  }),
  z.strictObject({
    name: z.enum(["adam", "adamw"]),
    beta1: share.default(0.9),
    beta2: share.default(0.999),
    epsilon: z.number().positive().default(1e-8),
  }),
]);

const base = z.number().positive().describe("Learning rate at its highest");
const warmupSteps = z.int().nonnegative().default(0);

const schedule = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("constant"), base, warmupSteps }),
  z.strictObject({ kind: z.literal("cosine"), base, warmupSteps }),
  z.strictObject({
    kind: z.literal("step"),
    base,
    warmupSteps,
    everyEpochs: positive,
    factor: z.number().positive(),
  }),
]);

const veil = z.strictObject({
  kind: z.literal("veil").describe("A fresh veil for each image in each epoch (set objects)"),
});

const movement = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("shift"), pixels: positive.describe("At most so far") }),
  z.strictObject({ kind: z.literal("flip") }),
  z.strictObject({ kind: z.literal("crop"), padding: positive }),
  z.strictObject({ kind: z.literal("rotate"), degrees: z.number().positive() }),
  z.strictObject({ kind: z.literal("shear"), degrees: z.number().positive() }),
  z.strictObject({
    kind: z.literal("skew"),
    magnitude: z.number().positive().max(1).describe("Of the longer side"),
  }),
]);

const augmentation = z.discriminatedUnion("kind", [
  veil,
  ...movement.options,
  z.strictObject({
    kind: z.literal("oneOf").describe("One of these for each image, drawn at random"),
    of: z.array(movement).min(2),
  }),
]);

const group = z.strictObject({
  prefixes: z.array(z.string()).min(1).describe("Beginnings of parameters' names"),
  rate: z.number().nonnegative().describe("Factor on the learning rate; 0 freezes"),
  weightDecay: z.number().nonnegative(),
});

/** A recipe for training. */
export const training = z.strictObject({
  description: z.string().describe("Where the recipe comes from"),
  epochs: positive,
  batchSize: positive,
  method,
  weightDecay: z.number().nonnegative().default(0),
  clipNorm: z.number().positive().nullable().default(null),
  groups: z.array(group).default([]),
  frozen: z.array(z.string()).default([]).describe("Beginnings of the names of frozen layers"),
  schedule,
  augmentation: z.array(augmentation).default([]),
  copies: positive.optional()
    .describe("Augmented copies of each image, in turn; anew each epoch when absent"),
  labels: z.enum(["true", "shuffled"]).default("true")
    .describe("shuffled: permuted once over the training images"),
  labelNoise: share.optional()
    .describe(
      "Share of the training images whose label is drawn anew from all classes; 0 when absent",
    ),
  trainImages: positive.optional().describe("Only so many training images"),
  validationShare: z.number().min(0).lt(1).default(0)
    .describe("Of each class's training images, held out for validation"),
  patience: positive.nullable().default(null)
    .describe("Epochs without a lower validation loss before the run stops; null: never stops"),
});

export type TrainingSpec = z.infer<typeof training>;
export type AugmentationSpec = z.infer<typeof augmentation>;
