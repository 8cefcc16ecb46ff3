/**
 * Dropout (Srivastava et al. 2014) with masks drawn outside of the graph: a seed decides them on every
 * device.
 *
 * @module
 */
import type { RandomStream } from "../base/mod.ts";
import type { FloatTensor } from "../device/mod.ts";
import type { DropoutMask } from "./training_form.ts";

/** 0 with probability `ratio`, else 1 / (1 - ratio), so that the expected value stays. */
export function drawMask({ shape, ratio }: DropoutMask, random: RandomStream): FloatTensor {
  const size = shape.reduce((product, value) => product * value, 1);
  const data = new Float32Array(size);
  for (let i = 0; i < size; i++) data[i] = random.uniform() < ratio ? 0 : 1 / (1 - ratio);
  return { dims: shape, data };
}
