/**
 * The luminance control MNIST* (Ansuini et al. 2019, Figure 6): one number added to all pixels of an
 * image, a direction of large variance that says nothing about the class.
 *
 * @module
 */
import { randomStream, UsageError } from "../harness/base/mod.ts";

/**
 * The offset of each image, uniform in [0, lambda) and in units where white is 1: an image's pixels
 * become x / 255 + offset. Eight bits cannot hold this, so it is added when images become numbers.
 *
 * Fewer images get the first offsets of more images. The paper's text names lambda 100; the input
 * dimension 3.0 of its figure needs about 1000.
 *
 * @param count Number of images.
 * @throws {UsageError} When lambda is negative or no number.
 */
export function luminanceOffsets(count: number, lambda: number, seed: number): Float64Array {
  if (!Number.isFinite(lambda) || lambda < 0) {
    throw new UsageError(`luminance: lambda ${lambda}, wanted a number from 0 on`);
  }
  const random = randomStream(seed, "luminance");
  return Float64Array.from({ length: count }, () => lambda * random.uniform());
}
