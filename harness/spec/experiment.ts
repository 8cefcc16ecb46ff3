/**
 * What an experiment's JSON file says: the claim, the networks, the data, the settings. Unknown keys
 * are refused at every depth.
 *
 * @module
 */
import { z } from "zod";
import { training } from "./training.ts";

/** Names in experiments. */
export const identifier = z.string().regex(
  /^[a-z0-9][a-z0-9._-]*$/,
  "lower-case letters, digits, . _ -",
);
const positive = z.int().positive();

/** Most blocks of the block analysis. */
const MOST_BLOCKS = 20;

const onnxNetwork = z.strictObject({
  kind: z.literal("onnx"),
  id: identifier.describe("Id of the network in models/models.json of the data root"),
  architecture: identifier.optional().describe("The paper's name of the architecture"),
  data: identifier.optional().describe("Name of its data set; the profile's first when absent"),
  inPaper: z.boolean().default(false).describe("Whether the paper's figure shows it"),
  optional: z.boolean().default(false)
    .describe("Left out in silence where the data root lacks it"),
  fullDepth: positive.optional()
    .describe("Depth of the complete network, where the file holds only a part of it"),
  layers: z.array(z.string()).min(1).optional()
    .describe("Tensors to profile, in the order of depth; by rule when absent"),
  model: identifier.optional()
    .describe(
      "Id in models/models.json, where it is not the network's own: one file, two data sets",
    ),
  testError: z.number().min(0).max(100).optional()
    .describe("Published error on the test images in percent, for acc.correlation"),
  gates: z.boolean().optional()
    .describe("Whether claims about it can fail the run; as inPaper when absent"),
  fetch: z.string().optional().describe("The command that brings it"),
  note: z.string().optional(),
});

/** Curves of the paper that stand for one trained network. */
export const PAPER_CURVES = [
  "fig6B.MNIST",
  "fig6B.MNIST_star_luminance",
  "fig6B.MNIST_shuffled_labels",
] as const;

const built = {
  id: identifier,
  data: identifier.optional().describe("Name of its data set; the profile's first when absent"),
  architecture: identifier.describe("Name of a builder, for instance vgg16"),
  width: z.number().positive().default(1).describe("Factor on the number of channels"),
  inputSize: positive.default(224).describe("Pixels"),
  inputChannels: positive.default(3),
  classes: positive.default(1000),
  inPaper: z.boolean().default(false),
  layers: z.literal("every").optional().describe(
    "every: the end of each convolution or residual block and each dense layer; the paper's choice " +
      "when absent",
  ),
  note: z.string().optional(),
};

const untrainedNetwork = z.strictObject({
  kind: z.literal("untrained"),
  ...built,
  twinOf: identifier.optional().describe("Id of the trained network with the same architecture"),
  statistics: z.enum(["initial", "calibrated"]).default("initial")
    .describe("calibrated: batch normalisation takes the statistics of the data"),
});

const trainedNetwork = z.strictObject({
  kind: z.literal("trained"),
  ...built,
  dropout: z.number().min(0).lt(1).default(0),
  training: identifier.describe("Name of its recipe"),
  after: z.discriminatedUnion("unit", [
    z.strictObject({ unit: z.literal("epochs"), count: z.int().nonnegative() }),
    z.strictObject({ unit: z.literal("steps"), count: z.int().nonnegative() }),
  ]).optional().describe("A moment of the training; its end when absent"),
  control: z.strictObject({
    of: identifier.describe("Id of the network without the change"),
    changes: z.enum(["labels", "luminance"]),
  }).optional().describe("What sets this network's training apart from another's"),
  paperCurve: z.enum(PAPER_CURVES).optional()
    .describe("Name of the paper's curve for it, in reference/paper_curves.json"),
  gates: z.boolean().default(false)
    .describe(
      "Whether claims about it can fail the run, even where the paper shows another network",
    ),
});

const preprocessing = z.strictObject({
  shortSide: positive.nullable().describe("Pixels of the short side after resizing; null = as is"),
  crop: positive.describe("Pixels of the central square"),
  mean: z.array(z.number()).min(1),
  std: z.array(z.number().positive()).min(1),
});

const photographs = {
  size: positive.default(224).describe("Pixels of each side; the aspect is not kept"),
  split: z.enum(["train", "test"]).default("test")
    .describe("Images to profile; training uses train"),
  preprocessing: preprocessing.optional()
    .describe("ImageNet's mean and standard deviation when absent"),
  validationShare: z.number().min(0).max(0.5).optional().describe(
    "Of each class's training images, held out from a ProtoPNet experiment's models; 0 trains on all " +
      "and takes the last state; 0.15 when absent",
  ),
};

/** Images, and how they become numbers. */
export const dataSet = z.discriminatedUnion("set", [
  z.strictObject({
    set: z.literal("imagenette"),
    split: z.enum(["train", "val"]),
    classes: z.array(z.string()).min(1).optional(),
    by: z.enum(["class", "all"]).optional()
      .describe("class: a group each, the default; all: one group with equally many of each class"),
    samples: positive.optional().describe("Images a group, where fewer than the profile's"),
    preprocessing: preprocessing.optional().describe("In place of the one of each network"),
  }),
  z.strictObject({
    set: z.literal("mnist"),
    split: z.enum(["train", "test"]).describe("Images to profile; training uses train"),
    by: z.enum(["all", "digit"]),
    veil: z.boolean().default(false)
      .describe("Whether a random luminance field lies over each image"),
    luminance: z.number().positive().nullable().default(null).describe(
      "MNIST*: largest luminance that is added to a whole image, in units where white is 1",
    ),
    preprocessing,
  }),
  z.strictObject({
    set: z.literal("objects"),
    size: positive.describe("Pixels"),
    objects: positive.default(40),
    views: positive.describe("Images an object"),
    veil: z.boolean().describe("Whether a random luminance and colour field lies over each image"),
    testShare: z.number().gt(0).lt(1).describe("Of each object's images, held out for testing"),
    preprocessing,
  }),
  z.strictObject({
    set: z.literal("birds"),
    size: z.int().min(32).max(224).describe("Pixels"),
    classes: z.union([z.literal(20), z.literal(50)]),
    trainPerClass: positive.describe("Images a class; half of them lack some parts"),
    validationPerClass: positive,
    testPerClass: positive,
    spurious: z.number().min(0).max(1).default(0)
      .describe("Probability that the flowers in the background are the class's own"),
    preprocessing,
  }),
  z.strictObject({
    set: z.literal("cifar10"),
    split: z.enum(["train", "test"]).describe("Images to profile; training uses train"),
    preprocessing,
  }),
  z.strictObject({
    set: z.literal("cub200"),
    folder: z.string().min(1).default("cub200").describe("Name of the folder in data/"),
    ...photographs,
    parts: z.enum(["all", "merged"]).default("all")
      .describe("merged: left and right are one part, where the set has parts"),
  }),
  z.strictObject({
    set: z.literal("folder"),
    path: z.string().min(1)
      .describe("Holds train/<class>/ and test/<class>/, or <class>/ to be divided"),
    testShare: z.number().gt(0).lt(1).default(0.2)
      .describe("Of each class, held out for testing where the folder is not divided"),
    ...photographs,
  }),
]);

const pca = z.strictObject({
  nullBlocks: z.array(z.int().min(1).max(MOST_BLOCKS)).refine(
    (blocks) => blocks.includes(1),
    "1 among them: as many Gaussian points as images",
  ).describe(
    "Gaussian points of the same covariance are drawn in these parts of N: b stands for N/b points, " +
      "the size of the b blocks of the block analysis",
  ),
  nullRepeats: z.int().min(1).max(100).describe("Draws at each size, with each scaling"),
  nullLayers: z.array(z.string()).min(1).optional()
    .describe("Names of the layers with Gaussian points; the last hidden one when absent"),
});

const profile = z.strictObject({
  description: z.string(),
  networks: z.array(z.discriminatedUnion("kind", [onnxNetwork, untrainedNetwork, trainedNetwork]))
    .min(1),
  data: z.record(identifier, dataSet)
    .refine((sets) => Object.keys(sets).length > 0, "at least one data set")
    .describe("Data sets by name; a network that names none takes the first"),
  trainings: z.record(identifier, training).default({}).describe("Recipes by name"),
  replicates: positive.default(1).describe(
    "How often everything is done with other seeds: of the data where they are made from a seed, " +
      "of the weights and of the training",
  ),
  agreement: z.strictObject({
    networks: z.array(identifier).min(1),
    batchSize: positive,
  }).optional().describe("Trained networks on which the two engines are compared, step by step"),
  samples: z.int().min(30).describe("Images a group"),
  batchSize: positive.default(8),
  pca: pca.optional().describe("Linear dimensions beside the estimated ones; none when absent"),
  notChecked: z.array(z.strictObject({ id: identifier, why: z.string() })).default([]),
  notes: z.array(z.string()).default([]),
});

/** A claim and the edge that decides it. */
export const claim = z.strictObject({
  id: identifier,
  profiles: z.array(identifier).min(1).optional()
    .describe("Profiles that check it with this severity; all when absent"),
  severity: z.enum(["gate", "info"]),
  threshold: z.number().describe("Edge of the region that counts as reproduced"),
  expected: z.string().describe("What the paper says"),
  why: z.string().describe("Where the threshold comes from"),
  source: z.string(),
});

/** An experiment, as it stands in `experiments/<id>.json`. */
export const experimentSchema = z.strictObject({
  $schema: z.string().optional(),
  id: identifier,
  title: z.string(),
  summary: z.string(),
  paper: z.string(),
  figure: z.string(),
  kind: z.literal("id-profile"),
  seed: z.int().nonnegative(),
  defaultProfile: identifier.default("embedded"),
  profiles: z.record(identifier, profile),
  claims: z.array(claim).min(1),
});

export type Experiment = z.infer<typeof experimentSchema>;
export type Profile = z.infer<typeof profile>;
export type PcaSpec = z.infer<typeof pca>;
export type NetworkSpec = Profile["networks"][number];
export type OnnxNetworkSpec = z.infer<typeof onnxNetwork>;
export type TrainedNetworkSpec = z.infer<typeof trainedNetwork>;
export type UntrainedNetworkSpec = z.infer<typeof untrainedNetwork>;
export type DataSpec = z.infer<typeof dataSet>;
export type DataSetName = DataSpec["set"];
export type ClaimSpec = z.infer<typeof claim>;
