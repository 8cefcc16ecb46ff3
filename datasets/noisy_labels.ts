/**
 * Labels of which a share is wrong (partially corrupted labels in Zhang et al. 2017, section 2.1).
 *
 * @module
 */
import { randomStream, sampleWithoutReplacement } from "../harness/base/mod.ts";
import type { LabelledImages } from "./labelled_images.ts";

/**
 * The same images, a share of them with labels drawn anew: uniform over all classes, so that one in as
 * many as there are classes comes out as it was.
 *
 * @param share Of the images, in [0, 1]; rounded to a whole number of images.
 * @param seed The same seed, share and number of images give the same labels.
 */
export function noisyLabels(images: LabelledImages, share: number, seed: number): LabelledImages {
  const labels = images.labels.slice();
  const random = randomStream(seed, "noisy-labels");
  const members = sampleWithoutReplacement(
    random,
    labels.length,
    Math.round(share * labels.length),
  );
  for (const member of members) labels[member] = random.integer(images.classes.length);
  return { ...images, labels };
}
