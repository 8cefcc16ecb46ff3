/**
 * Several augmentations, one after the other.
 *
 * @module
 */
import type { Augmentation } from "./augmentation.ts";

/** Applies the steps in their order, all with the same random stream; none leaves the image as it is. */
export function augmentations(steps: readonly Augmentation[]): Augmentation {
  let spare = new Uint8Array(0);
  return {
    apply(source, target, random) {
      if (steps.length === 0) target.set(source);
      if (steps.length > 1 && spare.length !== target.length) spare = new Uint8Array(target.length);
      let from = source;
      for (const [at, step] of steps.entries()) {
        const isInTarget = (steps.length - 1 - at) % 2 === 0;
        const to = isInTarget ? target : spare;
        step.apply(from, to, random);
        from = to;
      }
    },
  };
}
