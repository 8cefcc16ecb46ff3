/**
 * Sliding windows of convolutions and poolings.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { type GraphNode, intAttribute, intsAttribute } from "../../graph/mod.ts";
import { requireAttribute } from "./operation.ts";
import { surround } from "./surround.ts";

/** Two numbers for height and width. */
export type Pair = readonly [number, number];

/** Steps and borders of a window; a border is what is added before and after. */
export interface Window {
  readonly strides: Pair;
  readonly dilations: Pair;
  readonly rows: Pair;
  readonly columns: Pair;
}

/** @throws {RangeError} When the node is not about images, or asks for what the form never has. */
export function windowOf(node: GraphNode): Window {
  requireAttribute(node, "auto_pad", ["", "VALID", "NOTSET"]);
  if (intAttribute(node, "ceil_mode", 0) !== 0) {
    throw new RangeError("its ceil_mode is 1, wanted sizes that round down");
  }
  const [strides, dilations] = ["strides", "dilations"].map((name) => {
    const given = intsAttribute(node, name) ?? [1, 1];
    if (given.length !== 2) throw new RangeError(`its ${name} are [${given}], wanted two`);
    return given as unknown as Pair;
  }) as [Pair, Pair];
  const [top = 0, left = 0, bottom = 0, right = 0] = intsAttribute(node, "pads") ?? [];
  return { strides, dilations, rows: [top, bottom], columns: [left, right] };
}

/** Adds the borders of a window to images [N, H, W, C]; negative ones cut. */
export function withBorders(
  images: tf.Tensor4D,
  { rows, columns }: Pick<Window, "rows" | "columns">,
): tf.Tensor4D {
  return surround(images, [[0, 0], rows, columns, [0, 0]]);
}

/** [N, C, H, W] as [N, H, W, C], the only layout in which TensorFlow.js trains. */
export function channelsLast(x: tf.Tensor): tf.Tensor4D {
  if (x.rank !== 4) throw new RangeError(`its input is [${x.shape}], wanted [N, C, H, W]`);
  return tf.transpose(x as tf.Tensor4D, [0, 2, 3, 1]);
}

/** [N, H, W, C] as [N, C, H, W]. */
export function channelsFirst(x: tf.Tensor4D): tf.Tensor4D {
  return tf.transpose(x, [0, 3, 1, 2]);
}
