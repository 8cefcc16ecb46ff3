/**
 * `models/<id>/model.json`: a trained ProtoPNet of a run, beside its network `model.onnx`.
 *
 * @module
 */
import { z } from "zod";
import { identifier } from "./experiment.ts";
import { box } from "./protopnet_result.ts";
import { count, digest } from "./result_parts.ts";

/** Version of the layout below. */
export const EXPORTED_MODEL_VERSION = 1;

const name = z.string().min(1);
const channels = z.array(z.number()).min(1).max(3);

const prototype = z.strictObject({
  label: count.describe("Its class"),
  image: name.describe("Training image that its patch comes from"),
  cell: z.tuple([count, count]).describe("Row and column in the latent map"),
  box,
  picture: digest.describe("That image with the box"),
});

const image = z.strictObject({
  name,
  label: count.describe("True class"),
  picture: digest.describe("PNG of exactly the input's size"),
  logits: z.array(z.number()).describe("What the run found, a number for each class"),
});

/** The whole file. */
export const exportedModelSchema = z.strictObject({
  kind: z.literal("exported-protopnet"),
  schemaVersion: z.literal(EXPORTED_MODEL_VERSION),
  id: identifier,
  title: z.string(),
  summary: z.string().describe("What was trained on what"),
  onnx: digest.describe(
    "Of model.onnx: input images [N, C, size, size]; outputs latent, similarities, logits, and " +
      "logits_rest: what rounding took from the logits",
  ),
  input: z.strictObject({
    size: z.int().positive().describe("Pixels of each side"),
    channels: z.union([z.literal(1), z.literal(3)]),
    mean: channels.describe("In units where white is 1"),
    std: channels,
  }),
  classes: z.array(z.string()).min(1),
  similarity: z.enum(["log", "linear"])
    .describe("Of squared distances d: ln((d + 1) / (d + 1e-4)), or -d"),
  prototypes: z.array(prototype).min(1)
    .describe("In the order of the network's weights; pictures are in ../../pictures"),
  images: z.array(image).describe("Test images, drawn at random before anything was known of them"),
});

export type ExportedModel = z.infer<typeof exportedModelSchema>;
