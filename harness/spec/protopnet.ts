/**
 * What an experiment's JSON file says about ProtoPNet and its comparators (Chen et al. 2019). Defaults
 * are the authors'.
 *
 * @module
 */
import { z } from "zod";
import { claim, dataSet, identifier } from "./experiment.ts";
import { training } from "./training.ts";

const positive = z.int().positive();
const rate = z.number().nonnegative();
const factor = z.number();

const start = z.discriminatedUnion("from", [
  z.strictObject({ from: z.literal("random") }),
  z.strictObject({
    from: z.literal("file"),
    model: identifier.describe("Id in models/models.json of the data root"),
  }),
]);

const backbone = z.strictObject({
  title: z.string(),
  architecture: identifier.describe("Name of a builder, for instance vgg16"),
  width: z.number().positive().default(1).describe("Factor on the number of channels"),
  stride: positive.optional()
    .describe("Pixels between neighbouring cells of the latent map; the network's own when absent"),
  reductions: positive.optional()
    .describe("Reductions of the image that are left; the network ends before the next one"),
  start: start.default({ from: "random" }),
  frozen: z.array(z.string()).default([]).describe("Beginnings of the names of layers that stay"),
});

/** The three stages of a ProtoPNet's training (section 2.2). */
const stages = z.strictObject({
  description: z.string().describe("Where the recipe comes from"),
  batchSize: positive.default(80),
  method: training.shape.method.default({
    name: "adam",
    beta1: 0.9,
    beta2: 0.999,
    epsilon: 1e-8,
  }),
  firstPrototypes: z.enum(["random", "patches"]).default("random")
    .describe("Uniform in [0, 1], or latent patches of training images of their classes"),
  warmEpochs: z.int().nonnegative().default(5),
  epochs: positive.describe("Of warm-up and joint training together"),
  firstProjection: z.int().nonnegative().default(10)
    .describe("Epoch, counted from 0 over warm-up and joint"),
  projectionEvery: positive.default(10).describe("The last epoch is followed by one in any case"),
  lastLayerEpochs: z.int().nonnegative().default(20).describe("After each projection"),
  rates: z.strictObject({
    backbone: rate.default(1e-4),
    addOn: rate.default(3e-3),
    prototypes: rate.default(3e-3),
    lastLayer: rate.default(1e-4),
  }).prefault({}),
  weightDecay: rate.default(1e-3).describe("Of the backbone and the add-on layers"),
  decayEvery: positive.default(5).describe("Joint epochs after which all rates fall"),
  decayFactor: z.number().positive().default(0.1),
  coefficients: z.strictObject({
    crossEntropy: factor.default(1),
    cluster: factor.default(0.8),
    separation: factor.default(0.08).describe("Subtracted from the loss"),
    l1: factor.default(1e-4),
  }).prefault({}),
  augmentation: training.shape.augmentation,
  copies: positive.nullable().default(null)
    .describe("Augmented copies of each image, in turn; null: anew each epoch"),
  lastLayerCopies: positive.default(4)
    .describe("Augmented copies of each image on which the last layer is trained"),
  distinctPatches: z.boolean().default(false)
    .describe("Whether the prototypes of a class are given patches of their own"),
});

const prototypes = z.strictObject({
  perClass: positive.default(10),
  depth: positive.default(128),
  addOn: z.enum(["regular", "bottleneck"]).default("regular"),
  similarity: z.enum(["log", "linear"]).default("log"),
});

const common = {
  id: identifier,
  title: z.string(),
  data: identifier,
  gates: z.boolean().default(false),
};

const model = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("protopnet"),
    ...common,
    backbone: identifier,
    stages: identifier,
    prototypes,
    paper: z.boolean().default(false)
      .describe("Whether Table 1 of the paper has this architecture, to stand beside"),
  }),
  z.strictObject({
    kind: z.enum(["classifier", "cam", "part-pool"]),
    ...common,
    backbone: identifier,
    training: identifier,
    depth: positive.optional().describe("Channels of the add-on layers of cam and part-pool"),
    paper: z.boolean().default(false),
  }),
  z.strictObject({ kind: z.literal("part-oracle"), ...common }),
]);

/** What is measured besides the accuracy. */
export const MEASURES = [
  "projection",
  "pruning",
  "sheets",
  "gallery",
  "units",
  "interventions",
] as const;

const profile = z.strictObject({
  description: z.string(),
  data: z.record(identifier, dataSet)
    .refine((sets) => Object.keys(sets).length > 0, "at least one data set"),
  backbones: z.record(identifier, backbone),
  trainings: z.record(identifier, training).default({}),
  stages: z.record(identifier, stages).default({}),
  models: z.array(model).min(1),
  ensembles: z.record(identifier, z.array(identifier).min(2)).default({})
    .describe("Models whose logits are added"),
  replicates: positive.default(1)
    .describe("How often everything is done with other seeds of data, weights and training"),
  measures: z.array(z.enum(MEASURES)).default([]),
  pruning: z.strictObject({
    neighbours: positive.default(6),
    threshold: positive.default(3),
    epochs: positive.default(100),
  }).prefault({}),
  sheets: z.strictObject({
    images: positive.default(6),
    rows: positive.default(3).describe("Prototypes that are shown of each class"),
    rivals: z.int().nonnegative().default(1),
  }).prefault({}),
  gallery: z.strictObject({
    perClass: positive.default(10)
      .describe("Prototypes of each class, in their order, that are shown with pictures"),
  }).prefault({}),
  agreement: z.strictObject({
    models: z.array(identifier).min(1),
    batchSize: positive,
  }).optional(),
  notChecked: z.array(z.strictObject({ id: identifier, why: z.string() })).default([]),
  notes: z.array(z.string()).default([]),
});

/** An experiment on ProtoPNet, as it stands in `experiments/<id>.json`. */
export const protopnetExperimentSchema = z.strictObject({
  $schema: z.string().optional(),
  id: identifier,
  title: z.string(),
  summary: z.string(),
  paper: z.string(),
  figure: z.string(),
  kind: z.literal("protopnet"),
  seed: z.int().nonnegative(),
  defaultProfile: identifier.default("embedded"),
  profiles: z.record(identifier, profile),
  claims: z.array(claim).min(1),
});

export type ProtopnetExperiment = z.infer<typeof protopnetExperimentSchema>;
export type ProtopnetProfile = z.infer<typeof profile>;
export type BackboneSpec = z.infer<typeof backbone>;
export type StagesSpec = z.infer<typeof stages>;
export type ModelSpec = z.infer<typeof model>;
export type PrototypeModelSpec = Extract<ModelSpec, { kind: "protopnet" }>;
export type ComparatorSpec = Extract<ModelSpec, { kind: "classifier" | "cam" | "part-pool" }>;
export type Measure = typeof MEASURES[number];
