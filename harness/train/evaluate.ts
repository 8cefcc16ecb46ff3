/**
 * Loss and accuracy of a network on labelled images.
 *
 * @module
 */
import { imageAt } from "../../datasets/labelled_images.ts";
import { RunError } from "../base/mod.ts";
import type { Device } from "../device/mod.ts";
import { type Graph, tap, writeGraph } from "../graph/mod.ts";
import type { Weights } from "./engine.ts";
import { labelOf, requireSize, type TrainingImages, writeImage } from "./image_batches.ts";

/** How good a network is. */
export interface Evaluation {
  /** Mean cross-entropy. */
  readonly loss: number;
  /** Share of the images whose class has the largest logit. */
  readonly accuracy: number;
}

/** Images that go through at once. */
const BATCH = 100;

/** The network with other weights; those not named stay. */
export function withWeights(network: Graph, weights: Weights): Graph {
  const initializers = new Map(network.initializers);
  for (const [name, { dims, data }] of weights) {
    if (initializers.has(name)) initializers.set(name, { type: "float32", dims, data });
  }
  return { ...network, initializers };
}

/**
 * Runs all images through the network in inference mode.
 *
 * @param logits Value with the logits [N, K].
 * @param name For errors.
 * @throws {RunError} When the loss is not finite, a label is not one of the network's classes, or there
 * are no images.
 * @throws {UsageError} When the preprocessing is not for images of this size.
 */
export async function evaluate(
  device: Device,
  network: Graph,
  logits: string,
  source: TrainingImages,
  name: string = network.name,
): Promise<Evaluation> {
  const { width, height, channels, labels } = source.images;
  if (labels.length === 0) throw new RunError(`Cannot evaluate ${name}: there are no images`);
  requireSize(source);
  const session = await device.open(writeGraph(tap(network, [logits])));
  const pixels = width * height * channels;
  let loss = 0;
  let correct = 0;
  try {
    for (let first = 0; first < labels.length; first += BATCH) {
      const count = Math.min(BATCH, labels.length - first);
      const data = new Float32Array(count * pixels);
      for (let at = 0; at < count; at++) {
        const member = first + at;
        writeImage(source, member, imageAt(source.images, member), data, at * pixels);
      }
      const outputs = await session.run({
        [network.inputs[0]!.name]: { dims: [count, channels, height, width], data },
      });
      const values = outputs[logits]!.data;
      for (let at = 0; at < count; at++) labelOf(source, first + at, values.length / count);
      const scores = scoresOf(values, labels.subarray(first, first + count));
      loss += scores.loss;
      correct += scores.correct;
    }
  } finally {
    await session.release();
  }
  if (!Number.isFinite(loss)) {
    throw new RunError(
      `Cannot evaluate ${name}: the loss over ${labels.length} images is ${loss}, ` +
        "wanted a finite number",
    );
  }
  return { loss: loss / labels.length, accuracy: correct / labels.length };
}

/** Sum of the cross-entropies, and number of images whose class has the largest logit. */
export function scoresOf(
  logits: Float32Array,
  labels: Int32Array,
): { loss: number; correct: number } {
  const classes = logits.length / labels.length;
  let loss = 0;
  let correct = 0;
  for (const [at, label] of labels.entries()) {
    const row = logits.subarray(at * classes, (at + 1) * classes);
    const highest = Math.max(...row);
    const total = row.reduce((sum, value) => sum + Math.exp(value - highest), 0);
    loss += highest + Math.log(total) - row[label]!;
    if (row.indexOf(highest) === label) correct++;
  }
  return { loss, correct };
}
