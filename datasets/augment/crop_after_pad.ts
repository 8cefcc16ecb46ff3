/**
 * The usual augmentation of CIFAR-10 (He et al. 2016, section 4.2).
 *
 * @module
 */
import type { Augmentation, ImageShape } from "./augmentation.ts";
import { shift } from "./shift.ts";

/**
 * Pads black pixels on each side and cuts a window of the image's size out at random: the same as a
 * shift by at most as many pixels.
 *
 * @param pad Pixels on each side; 4 for 32 x 32 images.
 * @throws {UsageError} When `pad` is no whole number or leaves nothing of the image.
 */
export function cropAfterPad(shape: ImageShape, pad: number): Augmentation {
  return shift(shape, pad, "zero");
}
