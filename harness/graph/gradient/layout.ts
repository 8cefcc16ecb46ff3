/**
 * Gradients of operators that only move elements.
 *
 * @module
 */
import { intAttribute, intsAttribute } from "../graph.ts";
import { normalAxes, sliceOf } from "./shapes.ts";
import type { GradientRule } from "./tape.ts";

const reshaped: GradientRule = ({ inputs }, gradient, tape) => [
  tape.reshape(gradient, tape.shape(inputs[0]!)),
];

const transposed: GradientRule = (node, gradient, tape) => {
  const rank = tape.shape(node.inputs[0]!).length;
  const order = intsAttribute(node, "perm") ?? Array.from({ length: rank }, (_, i) => rank - 1 - i);
  return [tape.transpose(gradient, Array.from({ length: rank }, (_, i) => order.indexOf(i)))];
};

const concatenated: GradientRule = (node, gradient, tape) => {
  const [axis] = normalAxes([intAttribute(node, "axis", 0)], tape.shape(node.inputs[0]!).length);
  let start = 0;
  return node.inputs.map((input) => {
    const end = start + tape.shape(input)[axis!]!;
    const part = tape.wants(input) ? tape.slice(gradient, [axis!], [start], [end]) : undefined;
    start = end;
    return part;
  });
};

const sliced: GradientRule = (node, gradient, tape) => {
  const [x, starts, ends, axes, steps] = node.inputs;
  const shape = tape.shape(x!);
  const from = tape.integers(starts)!;
  const to = tape.integers(ends)!;
  const along = normalAxes(tape.integers(axes) ?? from.map((_, i) => i), shape.length);
  const by = tape.integers(steps) ?? from.map(() => 1);
  let value = gradient;
  const size = [...tape.shape(node.outputs[0]!)];
  for (const [i, axis] of along.entries()) {
    const { start, count } = sliceOf(shape[axis]!, from[i]!, to[i]!, by[i]!);
    const step = Math.abs(by[i]!);
    const lowest = by[i]! > 0 ? start : start - (count - 1) * step;
    if (by[i]! < 0) value = tape.slice(value, [axis], [-1], [Number.MIN_SAFE_INTEGER], [-1]);
    value = tape.spread(value, size, axis, step);
    const length = (count - 1) * step + 1;
    const only = (amount: number) => shape.map((_, other) => other === axis ? amount : 0);
    value = tape.pad(value, only(lowest), only(shape[axis]! - lowest - length));
    size[axis] = shape[axis]!;
  }
  return [value];
};

const padded: GradientRule = ({ inputs }, gradient, tape) => {
  const shape = tape.shape(inputs[0]!);
  const before = tape.integers(inputs[1])!.slice(0, shape.length);
  const axes = shape.map((_, axis) => axis);
  return [tape.slice(gradient, axes, before, shape.map((size, i) => before[i]! + size))];
};

/** Rules by operator. */
export const LAYOUT: Readonly<Record<string, GradientRule>> = {
  Reshape: reshaped,
  Flatten: reshaped,
  Squeeze: reshaped,
  Unsqueeze: reshaped,
  Transpose: transposed,
  Concat: concatenated,
  Slice: sliced,
  Pad: padded,
};
