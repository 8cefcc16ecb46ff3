/**
 * What an experiment's JSON file says: the claim, the networks, the data, the settings. Unknown keys
 * are refused at every depth.
 *
 * @module
 */
import { z } from "zod";

const identifier = z.string().regex(/^[a-z0-9][a-z0-9._-]*$/, "lower-case letters, digits, . _ -");
const positive = z.int().positive();

const trainedNetwork = z.strictObject({
  kind: z.literal("onnx"),
  id: identifier.describe("Id of the network in models/models.json of the data root"),
  architecture: identifier.optional().describe("The paper's name of the architecture"),
  inPaper: z.boolean().default(false).describe("Whether the paper's figure shows it"),
  optional: z.boolean().default(false)
    .describe("Left out in silence where the data root lacks it"),
  fullDepth: positive.optional()
    .describe("Depth of the complete network, where the file holds only a part of it"),
  layers: z.array(z.string()).min(1).optional()
    .describe("Tensors to profile, in the order of depth; by rule when absent"),
  fetch: z.string().optional().describe("The command that brings it"),
  note: z.string().optional(),
});

const untrainedNetwork = z.strictObject({
  kind: z.literal("untrained"),
  id: identifier,
  architecture: identifier.describe("Name of a builder, for instance vgg16"),
  width: z.number().positive().default(1).describe("Factor on the number of channels"),
  inputSize: positive.default(224).describe("Pixels"),
  inputChannels: positive.default(3),
  classes: positive.default(1000),
  inPaper: z.boolean().default(false),
  twinOf: identifier.optional().describe("Id of the trained network with the same architecture"),
  note: z.string().optional(),
});

const preprocessing = z.strictObject({
  shortSide: positive.nullable().describe("Pixels of the short side after resizing; null = as is"),
  crop: positive.describe("Pixels of the central square"),
  mean: z.array(z.number()).min(1),
  std: z.array(z.number().positive()).min(1),
});

const data = z.discriminatedUnion("set", [
  z.strictObject({
    set: z.literal("imagenette"),
    split: z.enum(["train", "val"]),
    classes: z.array(z.string()).min(1).optional(),
    preprocessing: preprocessing.optional().describe("In place of the one of each network"),
  }),
  z.strictObject({
    set: z.literal("mnist"),
    split: z.enum(["train", "test"]),
    by: z.enum(["all", "digit"]),
    preprocessing,
  }),
]);

const profile = z.strictObject({
  description: z.string(),
  networks: z.array(z.discriminatedUnion("kind", [trainedNetwork, untrainedNetwork])).min(1),
  data,
  samples: z.int().min(30).describe("Images a group"),
  batchSize: positive.default(8),
  notChecked: z.array(z.strictObject({ id: identifier, why: z.string() })).default([]),
  notes: z.array(z.string()).default([]),
});

const claim = z.strictObject({
  id: identifier,
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
export type NetworkSpec = Profile["networks"][number];
export type TrainedNetworkSpec = z.infer<typeof trainedNetwork>;
export type UntrainedNetworkSpec = z.infer<typeof untrainedNetwork>;
export type DataSpec = z.infer<typeof data>;
export type ClaimSpec = z.infer<typeof claim>;
