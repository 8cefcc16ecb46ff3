/**
 * `result.json` of the experiments on ProtoPNet and its comparators (Chen et al. 2019).
 *
 * @module
 */
import { z } from "zod";
import {
  agreement,
  claim,
  count,
  dataResult,
  device,
  digest,
  environment,
  evaluation,
  experimentHead,
  recipe,
} from "./result_parts.ts";

/** Version of the layout below. */
export const PROTOPNET_RESULT_VERSION = 1;

/** Kinds of classifiers that are compared. */
export const MODEL_KINDS = [
  "classifier",
  "protopnet",
  "cam",
  "part-pool",
  "part-oracle",
] as const;

const share = z.number().min(0).max(1);

/** What happened in one epoch of a stage. */
const epoch = z.strictObject({
  stage: z.string().describe("classifier, warm, joint, push, last-layer or prune"),
  epoch: count.describe("From 1 on, over all stages"),
  terms: z.record(z.string(), z.number())
    .describe(
      "Means over the epoch: loss, crossEntropy, cluster, separation and what else there is",
    ),
  validationAccuracy: share.nullable(),
});

/** An accuracy on test images, image by image, so that models can be compared in pairs. */
const scored = evaluation.extend({
  correct: z.string().regex(/^[01]*$/).describe("A digit for each test image, in their order"),
  neverPredicted: z.array(z.string()).describe("Classes of the test images that are never chosen"),
});

/** The projection that the kept state of a ProtoPNet comes from (section 2.2, stage 2). */
const projection = z.strictObject({
  epoch: count,
  accuracyBefore: share.nullable()
    .describe("On the validation images, with the prototypes as trained"),
  accuracyAfter: share.nullable().describe("Prototypes projected, last layer as before"),
  moved: z.number().nonnegative().describe("Mean squared distance from prototype to patch"),
  largestDistance: z.number().nonnegative()
    .describe("Squared, from a prototype to the patch that it is to equal, computed again"),
  notAtArgmax: count.describe("Prototypes whose own image answers more strongly elsewhere"),
  duplicates: count.describe("Prototypes that equal an earlier one"),
  identicalClasses: z.array(z.string()).describe("Classes whose prototypes are all the same"),
});

const pruning = z.strictObject({
  neighbours: count,
  threshold: count,
  removed: count,
  kept: count,
  accuracyBefore: share,
  accuracyPruned: share.describe("Before the last layer was optimised again"),
  accuracyAfter: share,
});

const additivity = z.strictObject({
  images: count,
  largestError: z.number().nonnegative()
    .describe("|sum of points - logit|, over images and classes; the network adds in float64"),
  largestRelativeError: z.number().nonnegative()
    .describe("The same over max(1, sum of |points|)"),
});

/** A picture, by the digest of its PNG file in the folder `pictures`. */
const picture = digest;

/** A rectangle in the model's input. */
export const box = z.strictObject({ x: count, y: count, width: count, height: count })
  .describe("Pixels of the model's input");

const neighbour = z.strictObject({
  image: z.string(),
  label: count,
  distance: z.number().nonnegative().describe("Squared"),
  picture: picture.optional(),
});

/** One prototype of one run. */
const prototype = z.strictObject({
  index: count,
  label: count.describe("Its class"),
  image: z.string().describe("Training image that its patch comes from"),
  cell: z.tuple([count, count]).describe("Row and column in the latent map"),
  ownWeight: z.number().describe("Weight of its own class in the last layer"),
  pruned: z.boolean(),
  purity: share.nullable().describe("Null without known parts"),
  part: z.string().nullable().describe("The part that it looks at most often"),
  box,
  picture: picture.describe("Its image with the box").optional(),
  train: z.array(neighbour).describe("Nearest patches of the training images"),
  test: z.array(neighbour).describe("Nearest patches of the test images"),
});

/** One line of a scoring sheet (Figure 3). */
const points = z.strictObject({
  unit: z.string().describe("For instance prototype 17"),
  similarity: z.number(),
  weight: z.number(),
  points: z.number().describe("similarity x weight"),
  box: box.nullable(),
  pictures: z.strictObject({
    image: picture.describe("The image with the box"),
    map: picture.describe("Where it answers"),
    source: picture.nullable().describe("The prototype's own image with its box"),
  }),
});

/** Several lines of a sheet as one. */
const together = z.strictObject({ units: count, points: z.number() });

/** The decision on one image. */
const sheet = z.strictObject({
  model: z.string(),
  replicate: count,
  image: z.string(),
  label: count,
  predicted: count,
  picture,
  classes: z.array(z.strictObject({
    label: count,
    logit: z.number(),
    rows: z.array(points),
    rest: together.describe("What the lines that are not shown add up to"),
    others: together.optional()
      .describe("What the prototypes of other classes add up to; absent: within the rest"),
  })).describe("The predicted class first, then its rivals"),
});

const metric = z.strictObject({
  id: z.string(),
  value: z.number().nullable().describe("Null where it is not defined"),
  standardDeviation: z.number().nonnegative().nullable(),
  over: count.describe("Units, images or pairs that it is a mean over"),
  convention: z.string().describe("Boxes, thresholds and images, in words"),
});

const run = z.strictObject({
  replicate: count,
  seed: count,
  engine: z.string(),
  trainImages: count,
  validationImages: count,
  testImages: count,
  seconds: z.number().nonnegative().describe("Of the training, when it was done"),
  keptEpoch: count.describe("Chosen by the validation images"),
  history: z.array(epoch),
  validation: evaluation.nullable(),
  test: scored,
  projection: projection.nullable(),
  additivity: additivity.nullable(),
  pruning: pruning.nullable(),
  ownClassNeighbours: share.nullable()
    .describe("Of the prototypes' nearest training patches, those of the own class"),
  prototypes: z.array(prototype),
  metrics: z.array(metric),
});

const model = z.strictObject({
  id: z.string(),
  title: z.string(),
  kind: z.enum(MODEL_KINDS),
  data: z.string(),
  recipe: z.string().nullable(),
  backbone: z.string().nullable().describe("Models of one backbone are compared"),
  architecture: z.string().nullable(),
  start: z.string().describe("Where the backbone's first weights come from"),
  supervision: z.strictObject({ train: z.array(z.string()), test: z.array(z.string()) })
    .describe("What it is told besides the pixels: label, box, parts"),
  gates: z.boolean(),
  parameters: count,
  prototypes: count.nullable(),
  grid: z.tuple([count, count]).nullable().describe("Rows and columns of the latent map"),
  receptiveField: z.number().positive().nullable().describe("Pixels"),
  paper: z.strictObject({ mean: z.number(), std: z.number(), source: z.string() }).nullable()
    .describe("The paper's accuracy in percent, on its own data"),
  runs: z.array(run),
});

/** Several networks that decide together, by the sum of their logits. */
const ensemble = z.strictObject({
  id: z.string(),
  members: z.array(z.string()),
  runs: z.array(z.strictObject({ replicate: count, test: scored })),
});

/** The whole file. */
export const protopnetResultSchema = z.strictObject({
  kind: z.literal("protopnet"),
  schemaVersion: z.literal(PROTOPNET_RESULT_VERSION),
  experiment: experimentHead,
  profile: z.string(),
  seed: count,
  narrowed: z.array(z.string()),
  command: z.string(),
  device,
  environment,
  data: z.array(dataResult),
  classes: z.record(z.string(), z.array(z.string())).describe("Names of the classes, by data set"),
  recipes: z.array(recipe),
  agreement: z.array(agreement),
  models: z.array(model),
  ensembles: z.array(ensemble),
  sheets: z.array(sheet),
  missing: z.array(z.strictObject({ id: z.string(), why: z.string(), fetch: z.string() })),
  claims: z.array(claim),
  notChecked: z.array(z.strictObject({ id: z.string(), why: z.string() })),
  notes: z.array(z.string()),
});

export type ProtopnetResult = z.infer<typeof protopnetResultSchema>;
export type ModelResult = ProtopnetResult["models"][number];
export type ModelRun = ModelResult["runs"][number];
export type PrototypeResult = ModelRun["prototypes"][number];
export type EnsembleResult = ProtopnetResult["ensembles"][number];
export type SheetResult = ProtopnetResult["sheets"][number];
export type MetricResult = ModelRun["metrics"][number];
export type ModelKind = ModelResult["kind"];
export type Box = z.infer<typeof box>;
