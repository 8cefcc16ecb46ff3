/**
 * The batches of an epoch.
 *
 * @module
 */
import { permutation, randomStream, UsageError } from "../base/mod.ts";

/**
 * The images of each batch, in a random order that the seed and the epoch decide. Batches are always
 * full: the images left over at the end of an epoch wait for another one.
 *
 * @param images Number of images.
 * @throws {UsageError} When the batch is larger than the data.
 */
export function shuffledBatches(
  images: number,
  batch: number,
  seed: number,
  epoch: number,
): Int32Array[] {
  if (batch > images) {
    throw new UsageError(`batch of ${batch}, wanted at most ${images}, the number of images`);
  }
  const order = permutation(randomStream(seed, "order", epoch), images);
  return Array.from(
    { length: Math.floor(images / batch) },
    (_, at) => order.subarray(at * batch, (at + 1) * batch),
  );
}
