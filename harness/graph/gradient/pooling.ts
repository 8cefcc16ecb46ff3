/**
 * Gradients of pooling.
 *
 * @module
 */
import { int, intAttribute, ints, intsAttribute } from "../graph.ts";
import { sizeOf } from "./shapes.ts";
import type { GradientRule, Tape } from "./tape.ts";
import { type SlidingWindow, windowOf } from "./window.ts";

/** Whether the windows tile the input exactly. */
function tiles({ kernel, strides, dilations, padsBefore, padsAfter, input }: SlidingWindow) {
  return kernel.every((size, i) =>
    size === strides[i] && dilations[i] === 1 && padsBefore[i] === 0 && padsAfter[i] === 0 &&
    input[i]! % size === 0
  );
}

/** [B, C, H, W] with each window's rows and columns on axes of their own: [B, C, H/k, k, W/k, k]. */
function windowed(
  tape: Tape,
  x: string,
  { kernel, output }: SlidingWindow,
  lead: readonly number[],
) {
  return tape.reshape(x, [...lead, output[0]!, kernel[0]!, output[1]!, kernel[1]!]);
}

/**
 * The largest input of a window gets its gradient; inputs that share the largest value share the
 * gradient equally when the windows tile the input, and otherwise the first of them gets it all.
 */
const maxPool: GradientRule = (node, g, tape) => {
  const [x] = node.inputs as [string];
  const shape = tape.shape(x);
  const window = windowOf(node, intsAttribute(node, "kernel_shape")!, shape.slice(2));
  return [tiles(window) ? shared(tape, x, node.outputs[0]!, g, window) : scattered(tape, node, g)];
};

function shared(tape: Tape, x: string, y: string, g: string, window: SlidingWindow): string {
  const shape = tape.shape(x);
  const lead = shape.slice(0, 2);
  const one = { ...window, kernel: [1, 1] };
  const largest = tape.indicator(
    tape.add("Equal", [windowed(tape, x, window, lead), windowed(tape, y, one, lead)]),
  );
  const share = tape.add("Div", [
    windowed(tape, g, one, lead),
    tape.sum(largest, [3, 5], true),
  ]);
  return tape.reshape(tape.add("Mul", [largest, share]), shape);
}

function scattered(tape: Tape, node: Parameters<GradientRule>[0], g: string): string {
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
