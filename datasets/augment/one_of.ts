/**
 * One augmentation of several.
 *
 * @module
 */
import type { Augmentation } from "./augmentation.ts";

/** Applies one of them to each image, all with the same probability. */
export function oneOf(choices: readonly [Augmentation, ...Augmentation[]]): Augmentation {
  return {
    apply(source, target, random) {
      choices[random.integer(choices.length)]!.apply(source, target, random);
    },
  };
}
