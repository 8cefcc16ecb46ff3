/**
 * The control with random labels (Zhang et al. 2017; MNIST-dagger in Ansuini et al. 2019, Figure 6).
 *
 * @module
 */
import { permutation, randomStream } from "../harness/base/mod.ts";
import type { LabelledImages } from "./labelled_images.ts";

/**
 * The same images with their labels permuted once: as many of each class, but none that an image tells.
 *
 * @param seed The same seed and number of images give the same permutation.
 */
export function shuffledLabels(images: LabelledImages, seed: number): LabelledImages {
  const { labels } = images;
  const order = permutation(randomStream(seed, "shuffled-labels"), labels.length);
  return { ...images, labels: Int32Array.from(order, (from) => labels[from]!) };
}
