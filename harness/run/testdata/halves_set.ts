/**
 * A data set that training cells learn at once.
 *
 * @module
 */
import { halves } from "../../train/testdata/halves.ts";
import type { AugmentationSpec, TrainingSpec } from "../../spec/mod.ts";
import type { TrainingImages } from "../../train/mod.ts";
import type { TrainingSet } from "../data_sets/mod.ts";

/** A recipe of two epochs. */
export const RECIPE: TrainingSpec = {
  description: "for tests",
  epochs: 2,
  batchSize: 8,
  method: { name: "sgd", momentum: 0.9, nesterov: false },
  weightDecay: 0,
  clipNorm: null,
  groups: [],
  frozen: [],
  schedule: { kind: "constant", base: 0.05, warmupSteps: 0 },
  augmentation: [],
  labels: "true",
  validationShare: 0,
  patience: null,
};

/** Images of halves, 10 x 10 pixels; where a veil is still to come they are one level darker. */
export function halvesSet(count = 64): TrainingSet {
  return {
    identity: `halves ${count}`,
    size: count,
    shape: { width: 10, height: 10, channels: 1 },
    load(augmentations: readonly AugmentationSpec[]) {
      const train = enlarged(halves(count, 1));
      const isBare = augmentations.some(({ kind }) => kind === "veil");
      const pixels = train.images.pixels.map((value) => isBare ? Math.max(0, value - 1) : value);
      return Promise.resolve({
        train: { ...train, images: { ...train.images, pixels } },
        test: enlarged(halves(40, 2)),
      });
    },
  };
}

/** Each pixel of 4 x 4 at the middle of 10 x 10 pixels becomes 2 x 2; the border is black. */
function enlarged({ images, preprocessing, luminance }: TrainingImages): TrainingImages {
  const pixels = new Uint8Array(images.labels.length * 100);
  for (const image of images.labels.keys()) {
    for (let at = 0; at < 64; at++) {
      const [row, column] = [Math.floor(at / 8), at % 8];
      pixels[100 * image + 10 * (row + 1) + column + 1] = images
        .pixels[16 * image + 4 * (row >> 1) + (column >> 1)]!;
    }
  }
  return {
    images: { ...images, width: 10, height: 10, pixels },
    preprocessing: { ...preprocessing, crop: 10 },
    luminance,
  };
}
