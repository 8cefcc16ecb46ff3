/**
 * A model on its test images.
 *
 * @module
 */
import type { Device } from "../../device/mod.ts";
import type { Graph } from "../../graph/mod.ts";
import { OUTPUT } from "../../nets/mod.ts";
import type { ModelRun } from "../../spec/mod.ts";
import { scoresOf, type TrainingImages } from "../../train/mod.ts";
import { openModel, outputsOf } from "./model_outputs.ts";

/** Logits of all images, [N, K]. */
export async function logitsOf(
  device: Device,
  graph: Graph,
  source: TrainingImages,
  signal: AbortSignal,
): Promise<Float32Array> {
  await using open = await openModel(device, graph, [OUTPUT], source.images);
  const parts: Float32Array[] = [];
  for await (const { values } of outputsOf(open, source, signal)) {
    parts.push(values[OUTPUT]!.data.slice());
  }
  const all = new Float32Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

/** How right the logits are, image by image. */
export function testScores(logits: Float32Array, { images }: TrainingImages): ModelRun["test"] {
  const { labels, classes } = images;
  const predicted = predictions(logits, labels.length);
  const { loss } = scoresOf(logits, labels);
  const right = Array.from(labels, (label, at) => label === predicted[at] ? "1" : "0");
  const never = new Set(labels).difference(new Set(predicted));
  return {
    loss: loss / labels.length,
    accuracy: right.filter((digit) => digit === "1").length / labels.length,
    correct: right.join(""),
    neverPredicted: [...never].sort((a, b) => a - b).map((label) => classes[label]!),
  };
}

/** The class with the largest logit, of equal ones the first, for each image. */
export function predictions(logits: Float32Array, images: number): Int32Array {
  const classes = logits.length / images;
  return Int32Array.from({ length: images }, (_, at) => {
    const row = logits.subarray(at * classes, (at + 1) * classes);
    return row.indexOf(Math.max(...row));
  });
}
