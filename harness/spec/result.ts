/**
 * `result.json`: what a run found. The names of the estimates are those of the reference values
 * that this project tests against, so that one file can be laid beside the other.
 *
 * @module
 */
import { z } from "zod";
import { hubSurvivalSchema } from "./hub_survival.ts";
import { paperPca, pca } from "./pca_result.ts";
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

/** Version of the layout below; raised whenever a field changes its name or meaning. */
export const RESULT_SCHEMA_VERSION = 2;

/** An estimated ID and its standard error; no unit. */
const estimate = z.strictObject({
  value: z.number(),
  standardError: z.number().nonnegative()
    .describe("Asymptotic: d/sqrt(N) for TwoNN, from the Fisher information for Gride"),
});

/** Every estimate from one pass over the neighbours of one group of images at one layer. */
const estimates = z.strictObject({
  twonn_fit: estimate.describe("TwoNN, F = i/N, slope through the origin over the first 90 %"),
  twonn_fit_i_minus_1: estimate.describe("TwoNN fit with F = (i-1)/N"),
  twonn_mle_unbiased: estimate.describe("(N-1) / sum log(r2/r1)"),
  twonn_mle_censored_90: estimate.describe("Maximum likelihood with the largest 10 % censored"),
  twonn_fit_subsamples: z.strictObject({
    mean: z.number(),
    std_population: z.number().nonnegative(),
    repeats: count,
    fraction: z.number(),
  }).describe("The paper's error bar: twonn_fit over random 90 % of the points"),
  levina_bickel_k20: z.strictObject({
    harmonic: z.number(),
    mean: z.number(),
    mean_k_minus_2: z.number(),
    median: z.number(),
  }).nullable().describe("Levina-Bickel MLE; null with fewer than 21 points"),
  gride: z.array(z.strictObject({
    n1: count,
    n2: count,
    id: z.number(),
    err: z.number().nonnegative(),
    mean_r: z.number(),
  })).describe("Gride over scales: ranks n1 and n2 = 2 n1"),
  block_analysis: z.array(z.strictObject({
    blocks: count,
    points: count,
    mean: z.number(),
    std_population: z.number().nonnegative(),
  })).describe("twonn_fit over disjoint random blocks of floor(N/b) points"),
});

/** How far the neighbour relation is the work of a few points. */
const hub = z.strictObject({
  file: z.string().describe("The image that is the nearest neighbour of most others"),
  nearest_neighbour_of: count,
  share: z.number().describe("nearest_neighbour_of / N"),
  distinct_nearest_neighbours: count,
  skewness: z.number().describe("Skewness of the number of times a point is nearest neighbour"),
  twonn_fit_without_it: z.number(),
  twonn_fit_without_top_1_percent: z.number().nullable()
    .describe(
      "twonn_fit after removing the ceil(N/100) strongest hubs; null when too few neighbours were listed",
    ),
});

const groupOfLayer = z.strictObject({
  group: z.string(),
  n: count.describe("Points the estimates rest on"),
  duplicates: count.describe("Points dropped because their nearest neighbour is identical"),
  hub,
  estimates,
  pca: pca.optional().describe("Where the profile asks for it"),
});

const layer = z.strictObject({
  name: z.string(),
  tensor: z.string().describe("Name of the tensor in the ONNX graph"),
  depth: count.describe("Convolutions and dense layers passed"),
  relativeDepth: z.number(),
  units: count,
  groups: z.array(groupOfLayer),
  mean: z.record(z.string(), z.number()).describe("Mean over groups, by estimate"),
  std: z.record(z.string(), z.number()).describe("Population standard deviation over groups"),
});

const network = z.strictObject({
  id: z.string(),
  title: z.string(),
  data: z.string().describe("Name of the data set that it was profiled on"),
  architecture: z.string(),
  weights: z.enum(["trained", "untrained"]),
  recipe: z.strictObject({
    training: z.string().nullable().describe("Name of the recipe it was trained by"),
    after: z.strictObject({ unit: z.enum(["epochs", "steps"]), count }).nullable()
      .describe("Moment of the training; null: its end"),
    statistics: z.enum(["initial", "calibrated"]).nullable()
      .describe("Batch statistics of an untrained network"),
    control: z.strictObject({ of: z.string(), changes: z.enum(["labels", "luminance"]) }).nullable()
      .describe("What sets its training apart from another network's"),
  }).nullable().describe("Null for a network from a file"),
  inPaper: z.boolean().describe("Whether the paper's figure shows this architecture"),
  gates: z.boolean().describe("Whether claims about it can fail the run"),
  file: z.string().nullable(),
  sha256: digest,
  parameters: count,
  fullDepth: count.describe("Depth of the complete network, the unit of relative depth"),
  testError: z.number().min(0).max(100).optional()
    .describe("Published error on the test images in percent, of a network from a file"),
  note: z.string().nullable(),
  layers: z.array(layer),
  paper: z.strictObject({
    source: z.string(),
    relativeDepth: z.array(z.number()),
    depth: z.array(z.number()),
    id: z.array(z.number()),
    std: z.array(z.number()).nullable(),
  }).nullable().describe("The paper's own curve for this architecture"),
  paperPca: paperPca.optional().describe(
    "Where the profile has PCA and the paper this architecture",
  ),
});

/** One training run of one replicate. */
const trainingRun = z.strictObject({
  networks: z.array(z.string()).describe("Ids of the networks with weights from this run"),
  replicate: count,
  data: z.string().describe("Name of the data set"),
  recipe: z.string().describe("Name of the recipe"),
  engine: z.string(),
  trainImages: count,
  validationImages: count,
  testImages: count,
  stepsPerEpoch: count,
  history: z.array(z.strictObject({
    epoch: count,
    step: count,
    learningRate: z.number(),
    trainLoss: z.number(),
    trainAccuracy: z.number(),
    validationLoss: z.number().nullable(),
    validationAccuracy: z.number().nullable(),
  })),
  test: evaluation,
  snapshots: z.array(z.strictObject({ step: count, test: evaluation })),
});

/** The whole file. */
export const resultSchema = z.strictObject({
  schemaVersion: z.literal(RESULT_SCHEMA_VERSION),
  experiment: experimentHead,
  profile: z.string(),
  seed: count,
  samples: count.describe("Images a group"),
  narrowed: z.array(z.string()).describe("Options that made this run smaller than the profile"),
  command: z.string().describe("The command that repeats this run"),
  device,
  environment,
  data: z.array(dataResult),
  recipes: z.array(recipe).describe("How networks were trained"),
  trainings: z.array(trainingRun),
  agreement: z.array(agreement),
  networks: z.array(network),
  missing: z.array(z.strictObject({
    id: z.string(),
    why: z.string(),
    fetch: z.string().describe("The command that would bring it"),
  })),
  claims: z.array(claim),
  hubSurvival: z.array(hubSurvivalSchema).optional()
    .describe("The checks of claims about profiles, with estimates that withstand hubs"),
  notChecked: z.array(z.strictObject({ id: z.string(), why: z.string() }))
    .describe("Claims of the experiment that this profile cannot check"),
  notes: z.array(z.string()).describe("What a reader must know before quoting a number"),
});

export type Result = z.infer<typeof resultSchema>;
export type TrainingResult = z.infer<typeof trainingRun>;
export type NetworkResult = z.infer<typeof network>;
export type LayerResult = z.infer<typeof layer>;
export type GroupResult = z.infer<typeof groupOfLayer>;
export type Estimates = z.infer<typeof estimates>;
export type HubResult = z.infer<typeof hub>;
