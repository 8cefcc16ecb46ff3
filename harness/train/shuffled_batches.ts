/**
 * The batches of an epoch.
 *
 * @module
 */
import { permutation, randomStream, UsageError } from "../base/mod.ts";

/**
 * The images of each batch of an epoch, in a random order that the seed and the epoch decide. Every batch
 * is full: the last, incomplete one is left out. Since the order differs, each epoch leaves out other
 * images, at most `batch - 1` of them.
 *
 * @param n Number of images.
 * @param batch Images a batch.
 * @returns floor(n / batch) lists of positions from 0 to n - 1.
 * @throws {UsageError} When the batch is larger than the data, or no positive whole number.
 */
export function shuffledBatches(
  n: number,
  batch: number,
  seed: number,
  epoch: number,
): Int32Array[] {
  if (!Number.isSafeInteger(batch) || batch < 1) {
    throw new UsageError(`batch: found ${batch}, wanted a positive whole number`);
  }
  if (batch > n) {
    throw new UsageError(`batch larger than the data: found ${batch}, wanted at most ${n} images`);
  }
  const order = permutation(randomStream(seed, "order", epoch), n);
  return Array.from(
    { length: Math.floor(n / batch) },
    (_, at) => order.subarray(at * batch, (at + 1) * batch),
  );
}
