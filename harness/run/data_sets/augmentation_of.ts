/**
 * From the augmentations that a recipe names to one that changes images.
 *
 * @module
 */
import {
  type Augmentation,
  augmentations,
  cropAfterPad,
  horizontalFlip,
  type ImageShape,
  oneOf,
  rotate,
  shear,
  shift,
  skew,
} from "../../../datasets/augment/mod.ts";
import { applyVeil, drawVeil } from "../../../datasets/objects/mod.ts";
import type { AugmentationSpec } from "../../spec/mod.ts";

/** All of them, one after the other; null for none. */
export function augmentationOf(
  specs: readonly AugmentationSpec[],
  shape: ImageShape,
): Augmentation | null {
  return specs.length === 0 ? null : augmentations(specs.map((spec) => one(spec, shape)));
}

function one(spec: AugmentationSpec, shape: ImageShape): Augmentation {
  switch (spec.kind) {
    case "veil":
      return {
        apply: (source, target, random) => applyVeil(source, shape, drawVeil(random), target),
      };
    case "shift":
      return shift(shape, spec.pixels);
    case "flip":
      return horizontalFlip(shape);
    case "crop":
      return cropAfterPad(shape, spec.padding);
    case "rotate":
      return rotate(shape, spec.degrees);
    case "shear":
      return shear(shape, spec.degrees);
    case "skew":
      return skew(shape, spec.magnitude);
    case "oneOf": {
      const [first, ...others] = spec.of.map((choice) => one(choice, shape));
      return oneOf([first!, ...others]);
    }
  }
}
