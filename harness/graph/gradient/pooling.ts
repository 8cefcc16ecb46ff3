/**
 * Gradients of pooling.
 *
 * @module
 */
import { type GraphNode, int, intAttribute, ints, intsAttribute } from "../graph.ts";
import { sizeOf } from "./shapes.ts";
import type { GradientRule, Tape } from "./tape.ts";
import { offsetsOf, type SlidingWindow, windowOf } from "./window.ts";

/** Whether no two windows overlap; inputs at the end may belong to none. */
function isDisjoint({ kernel, strides, dilations, padsBefore, padsAfter }: SlidingWindow) {
  return [...padsBefore, ...padsAfter].every((pad) => pad === 0) &&
    kernel.every((size, i) => size === strides[i] && dilations[i] === 1);
}

/**
 * The largest input of a window gets its gradient. Inputs that share the largest value share the
 * gradient equally when the windows are disjoint; otherwise the first of them gets it all.
 */
const maxPool: GradientRule = (node, g, tape) => {
  const shape = tape.shape(node.inputs[0]!);
  const window = windowOf(node, intsAttribute(node, "kernel_shape")!, shape.slice(2));
  if (isDisjoint(window)) return [shared(tape, node, g, window)];
  return [tape.poolIndices ? scattered(tape, node, g) : firstLargest(tape, node, g, window)];
};

/**
 * With the maxima repeated over their windows: comparing at full resolution is several times faster than
 * broadcasting along the short axes of a window.
 */
function shared(tape: Tape, node: GraphNode, g: string, window: SlidingWindow): string {
  const [x] = node.inputs as [string];
  const [y] = node.outputs as [string];
  const { kernel, strides, output, input } = window;
  const covered = output.map((size, i) => size * kernel[i]!);
  const left = input.map((size, i) => size - covered[i]!);
  const within = left.every((count) => count === 0) ? x : tape.slice(x, [2, 3], [0, 0], covered);
  const scales = tape.constant([4], Float32Array.of(1, 1, ...kernel));
  const repeated = (value: string) =>
    tape.add("Resize", [value, "", scales], {
      mode: { kind: "string", value: "nearest" },
      coordinate_transformation_mode: { kind: "string", value: "asymmetric" },
      nearest_mode: { kind: "string", value: "floor" },
    });
  const largest = tape.indicator(tape.add("Equal", [within, repeated(y)]));
  const counts = tape.add("Mul", [
    tape.add("AveragePool", [largest], { kernel_shape: ints(kernel), strides: ints(strides) }),
    tape.scalar(sizeOf(kernel)),
  ]);
  const gradient = tape.add("Mul", [largest, repeated(tape.add("Div", [g, counts]))]);
  return tape.pad(gradient, [0, 0, 0, 0], [0, 0, ...left]);
}

/** By the positions that the pooling gives. */
function scattered(tape: Tape, node: GraphNode, g: string): string {
  const [x] = node.inputs as [string];
  const shape = tape.shape(x);
  const positions = tape.addWithSecondOutput("MaxPool", [x], node.attributes);
  const flat = (value: string) => tape.reshape(value, [-1]);
  const zeros = tape.filled([sizeOf(shape)], 0);
  const sum = tape.add("ScatterElements", [zeros, flat(positions), flat(g)], {
    axis: int(0),
    reduction: { kind: "string", value: "add" },
  });
  return tape.reshape(sum, shape);
}

/** Offset by offset of the window, where a runtime gives no positions. */
function firstLargest(tape: Tape, node: GraphNode, g: string, window: SlidingWindow): string {
  const [x] = node.inputs as [string];
  const shape = tape.shape(x);
  const { padsBefore, padsAfter } = window;
  const padded = tape.pad(x, [0, 0, ...padsBefore], [0, 0, ...padsAfter], -Infinity);
  const full = shape.map((size, axis) =>
    axis < 2 ? size : size + padsBefore[axis - 2]! + padsAfter[axis - 2]!
  );
  let left = g;
  const parts = offsetsOf(window).map((place) => {
    const largest = tape.add("Equal", [tape.sliceWindow(padded, place), node.outputs[0]!]);
    const part = tape.add("Mul", [left, tape.indicator(largest)]);
    left = tape.add("Sub", [left, part]);
    return tape.unsliceWindow(part, place, full, window.output);
  });
  const sum = parts.reduce((a, b) => tape.add("Add", [a, b]));
  return tape.slice(sum, [2, 3], padsBefore, padsBefore.map((pad, i) => pad + shape[2 + i]!));
}

/** Every input of a window gets its share: a transposed convolution, channel by channel, with ones. */
const averagePool: GradientRule = (node, g, tape) => {
  const [x] = node.inputs as [string];
  const shape = tape.shape(x);
  const window = windowOf(node, intsAttribute(node, "kernel_shape")!, shape.slice(2));
  const { kernel, strides, dilations, padsBefore, padsAfter, input, output } = window;
  const counts = intAttribute(node, "count_include_pad", 0) === 1
    ? new Float32Array(sizeOf(output)).fill(sizeOf(kernel))
    : countsOf(window);
  const share = tape.add("Div", [g, tape.constant([1, 1, ...output], counts)]);
  const planes = tape.reshape(share, [shape[0]! * shape[1]!, 1, ...output]);
  const unreached = input.map((size, i) =>
    size + padsBefore[i]! + padsAfter[i]! - (output[i]! - 1) * strides[i]! -
    (kernel[i]! - 1) * dilations[i]! - 1
  );
  const spread = tape.add("ConvTranspose", [planes, tape.filled([1, 1, ...kernel], 1)], {
    kernel_shape: ints(kernel),
    strides: ints(strides),
    dilations: ints(dilations),
    pads: ints([...padsBefore, ...padsAfter]),
    output_padding: ints(unreached),
  });
  return [tape.reshape(spread, shape)];
};

/** How many inputs, padding left out, each window covers. */
function countsOf(window: SlidingWindow): Float32Array {
  const { kernel, strides, dilations, padsBefore, input, output } = window;
  const along = [0, 1].map((i) =>
    Array.from({ length: output[i]! }, (_, p) => {
      const start = p * strides[i]! - padsBefore[i]!;
      const places = Array.from({ length: kernel[i]! }, (_, k) => start + k * dilations[i]!);
      return places.filter((place) => place >= 0 && place < input[i]!).length;
    })
  );
  return Float32Array.from(along[0]!.flatMap((rows) => along[1]!.map((columns) => rows * columns)));
}

const globalAveragePool: GradientRule = ({ inputs }, g, tape) => {
  const shape = tape.shape(inputs[0]!);
  const share = tape.add("Mul", [g, tape.scalar(1 / sizeOf(shape.slice(2)))]);
  return [tape.add("Expand", [share, tape.list(shape)])];
};

/** Rules by operator. */
export const POOLING: Readonly<Record<string, GradientRule>> = {
  MaxPool: maxPool,
  AveragePool: averagePool,
  GlobalAveragePool: globalAveragePool,
};
