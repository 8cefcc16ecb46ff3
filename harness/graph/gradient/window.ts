/**
 * Sliding windows: how an output position of a convolution or pooling meets its inputs.
 *
 * @module
 */
import { type GraphNode, intsAttribute } from "../graph.ts";

/** A two-dimensional window. Output position p covers inputs p * stride + k * dilation - padBefore. */
export interface SlidingWindow {
  readonly kernel: readonly number[];
  readonly strides: readonly number[];
  readonly dilations: readonly number[];
  readonly padsBefore: readonly number[];
  readonly padsAfter: readonly number[];
  readonly input: readonly number[];
  readonly output: readonly number[];
}

/**
 * The window of a Conv or pooling node.
 *
 * @param kernel Height and width.
 * @param input Height and width of the input.
 * @throws {RangeError} When the node asks for automatic padding or sizes that round up.
 */
export function windowOf(
  node: GraphNode,
  kernel: readonly number[],
  input: readonly number[],
): SlidingWindow {
  const automatic = node.attributes.get("auto_pad");
  if (automatic?.kind === "string" && !["", "NOTSET", "VALID"].includes(automatic.value)) {
    throw new RangeError(`its auto_pad is ${automatic.value}, wanted explicit padding`);
  }
  const ceil = node.attributes.get("ceil_mode");
  if (ceil?.kind === "int" && ceil.value !== 0) {
    throw new RangeError("its ceil_mode is 1, wanted sizes that round down");
  }
  const axes = kernel.length;
  const strides = intsAttribute(node, "strides") ?? kernel.map(() => 1);
  const dilations = intsAttribute(node, "dilations") ?? kernel.map(() => 1);
  const pads = intsAttribute(node, "pads") ?? [...kernel, ...kernel].map(() => 0);
  const output = input.map((size, i) =>
    Math.floor(
      (size + pads[i]! + pads[i + axes]! - (kernel[i]! - 1) * dilations[i]! - 1) / strides[i]!,
    ) + 1
  );
  if (output.some((size) => size < 1)) {
    throw new RangeError(`a window of [${kernel}] does not fit into [${input}]`);
  }
  return {
    kernel,
    strides,
    dilations,
    padsBefore: pads.slice(0, axes),
    padsAfter: pads.slice(axes),
    input,
    output,
  };
}

/** Where one offset of the kernel meets the padded input: start, end and step along each axis. */
export interface MetInputs {
  readonly starts: readonly number[];
  readonly ends: readonly number[];
  readonly steps: readonly number[];
}

/** The offsets of the kernel, row by row. */
export function offsetsOf({ kernel, strides, dilations, output }: SlidingWindow): MetInputs[] {
  const [rows, columns] = kernel as [number, number];
  return Array.from({ length: rows * columns }, (_, at) => {
    const offset = [Math.floor(at / columns), at % columns];
    const starts = offset.map((k, i) => k * dilations[i]!);
    const ends = starts.map((start, i) => start + (output[i]! - 1) * strides[i]! + 1);
    return { starts, ends, steps: strides };
  });
}
