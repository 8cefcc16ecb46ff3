/**
 * Dropout (Srivastava et al. 2014) with masks drawn outside of the graph: a seed decides them on every
 * device.
 *
 * @module
 */
import type { RandomStream } from "../base/mod.ts";
import type { FloatTensor } from "../device/mod.ts";
import type { DropoutMask } from "./training_form.ts";

/**
 * A mask for one step: each value is 0 with probability `ratio`, else 1 / (1 - ratio), so that the
 * expected value of a unit stays.
 */
export function drawMask({ shape, ratio }: DropoutMask, random: RandomStream): FloatTensor {
  const data = new Float32Array(shape.reduce((product, size) => product * size, 1));
  const kept = 1 / (1 - ratio);
  for (let i = 0; i < data.length; i++) data[i] = random.uniform() < ratio ? 0 : kept;
  return { dims: shape, data };
}
