/**
 * Batches for the part of a network that is trained: of images, or of what the frozen part before it
 * makes of them.
 *
 * @module
 */
import type { Augmentation } from "../../datasets/augment/mod.ts";
import type { Device } from "../device/mod.ts";
import type { Graph } from "../graph/mod.ts";
import type { Batch } from "./engine.ts";
import { FeatureCache } from "./feature_cache.ts";
import { besidesImages, imageBatch, type TrainingImages } from "./image_batches.ts";
import { splitFrozen } from "./split_frozen.ts";
import type { TrainingForm, TrainingFormOptions } from "./training_form.ts";

/** Bytes that features of frozen layers may take. */
export const FEATURE_BUDGET = 2 ** 30;

/** What batches are made of. */
export interface BatchSourceOptions {
  readonly images: TrainingImages;
  readonly augmentation: Augmentation | null;
  /** Augmented copies of each image, taken in turn, epoch by epoch; null: augmented anew each epoch. */
  readonly copies: number | null;
  readonly seed: number;
  /** Which parameters are trained. */
  readonly training: Pick<TrainingFormOptions, "frozen" | "trained">;
  /** Where the frozen part runs. */
  readonly device: Device;
  /** Bytes that features may take; beyond that the frozen part runs in every step. */
  readonly budget?: number;
}

/** Makes batches. */
export interface BatchSource {
  /** What is to be trained: the network or the part after its frozen layers. */
  readonly network: Graph;
  /** Shape of what its input takes, without the batch. */
  readonly dims: readonly number[];
  /** The batch of some images in an epoch. */
  batch(form: TrainingForm, members: Int32Array, epoch: number): Promise<Batch>;
  release(): Promise<void>;
}

/**
 * Where layers are frozen and each image has a limited number of copies, the longest prefix of the network
 * that depends on nothing trained runs once for each, and its output is kept.
 *
 * @param logits Value with the logits.
 */
export async function openBatchSource(
  network: Graph,
  logits: string,
  options: BatchSourceOptions,
): Promise<BatchSource> {
  const { images, augmentation, seed, training, device, budget = FEATURE_BUDGET } = options;
  const copies = augmentation ? options.copies : 1;
  const at = (epoch: number) => ({ seed, epoch, copy: epoch % (copies ?? Infinity) });
  const split = copies === null ? undefined : splitFrozen(network, logits, training);
  if (split && copies !== null) {
    const source = { images, augmentation, copies, seed };
    const cache = await FeatureCache.open(device, split.prefix, source, budget);
    if (cache) {
      return {
        network: split.rest,
        dims: cache.dims,
        async batch(form, members, epoch) {
          return {
            [split.value]: await cache.of(members, at(epoch).copy),
            ...besidesImages(form, images, members, augmentation, at(epoch)),
          };
        },
        release: () => cache.release(),
      };
    }
  }
  const { channels, height, width } = images.images;
  return {
    network,
    dims: [channels, height, width],
    batch: (form, members, epoch) =>
      Promise.resolve(imageBatch(form, images, members, augmentation, at(epoch))),
    release: () => Promise.resolve(),
  };
}
