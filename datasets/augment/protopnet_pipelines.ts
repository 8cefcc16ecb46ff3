/**
 * The augmentation of ProtoPNet's authors (their `img_aug.py`).
 *
 * @module
 */
import type { Augmentation, ImageShape } from "./augmentation.ts";
import { augmentations } from "./augmentations.ts";
import { horizontalFlip } from "./horizontal_flip.ts";
import { rotate } from "./rotate.ts";
import { shear } from "./shear.ts";
import { skew } from "./skew.ts";

/** Copies of each image that the authors' script makes: ten by each pipeline. */
export const PROTOPNET_COPIES = 30;

/**
 * Turning by up to 15 degrees, tilting by up to 0.2, shearing by up to 10 degrees, each followed by
 * mirroring one image in two. The fourth pipeline, local distortion, is commented out in the script. It
 * interpolates bicubically and before resizing, this bilinearly and after.
 */
export function protopnetPipelines(
  shape: ImageShape,
): readonly [Augmentation, Augmentation, Augmentation] {
  const flip = horizontalFlip(shape);
  return [
    augmentations([rotate(shape, 15), flip]),
    augmentations([skew(shape, 0.2), flip]),
    augmentations([shear(shape, 10), flip]),
  ];
}
