/**
 * Validation after each epoch of a stage, with the layers that the stage does not train run once.
 *
 * @module
 */
import { RunError } from "../../base/mod.ts";
import type { Device, FloatTensor } from "../../device/mod.ts";
import { writeGraph } from "../../graph/mod.ts";
import { OUTPUT, type ProtoPNet } from "../../nets/mod.ts";
import {
  type Evaluation,
  FEATURE_BUDGET,
  FeatureCache,
  scoresOf,
  splitFrozen,
  type TrainingFormOptions,
  type TrainingImages,
} from "../../train/mod.ts";

/** Images that go through at once. */
const BATCH = 50;

/** Loss and accuracy of a network whose frozen layers are those of the one it was opened with. */
export type Validator = (net: ProtoPNet) => Promise<Evaluation>;

/**
 * @param training Which parameters the stage trains.
 * @param images At least one.
 * @throws {RunError} Later, when the loss is not finite.
 * @returns undefined where the first layer is already trained, or features would take too much memory.
 */
export async function openValidator(
  net: ProtoPNet,
  images: TrainingImages,
  training: Pick<TrainingFormOptions, "frozen" | "trained">,
  device: Device,
): Promise<Validator | undefined> {
  const { labels } = images.images;
  const split = splitFrozen(net.inference, OUTPUT, training);
  if (!split || labels.length === 0) return undefined;
  const source = { images, augmentation: null, copies: 1, seed: 0 };
  const cache = await FeatureCache.open(device, split.prefix, source, FEATURE_BUDGET);
  if (!cache) return undefined;
  const batches: { features: FloatTensor; labels: Int32Array }[] = [];
  try {
    for (let first = 0; first < labels.length; first += BATCH) {
      const length = Math.min(BATCH, labels.length - first);
      const members = Int32Array.from({ length }, (_, at) => first + at);
      const features = await cache.of(members, 0);
      batches.push({ features, labels: labels.subarray(first, first + length) });
    }
  } finally {
    await cache.release();
  }
  return async ({ inference }) => {
    const { rest, value } = splitFrozen(inference, OUTPUT, training)!;
    const session = await device.open(writeGraph(rest));
    let loss = 0;
    let correct = 0;
    try {
      for (const { features, labels } of batches) {
        const outputs = await session.run({ [value]: features });
        const scores = scoresOf(outputs[OUTPUT]!.data, labels);
        loss += scores.loss;
        correct += scores.correct;
      }
    } finally {
      await session.release();
    }
    if (!Number.isFinite(loss)) {
      throw new RunError(
        `Cannot evaluate ${inference.name}: the loss over ${labels.length} images is ${loss}, ` +
          "wanted a finite number",
      );
    }
    return { loss: loss / labels.length, accuracy: correct / labels.length };
  };
}
