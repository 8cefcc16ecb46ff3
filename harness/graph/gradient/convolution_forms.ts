/**
 * The gradients of a convolution y = x * w as convolutions and matrix products.
 *
 * @module
 */
import { int, ints } from "../graph.ts";
import { sizeOf } from "./shapes.ts";
import type { Tape } from "./tape.ts";
import type { SlidingWindow } from "./window.ts";

/** Sizes of a convolution of x [B, I, H, W] with w [O, I / group, kh, kw]. */
export interface Geometry extends SlidingWindow {
  readonly batch: number;
  readonly inputChannels: number;
  readonly outputChannels: number;
  readonly group: number;
}

/**
 * Gradient by x: with stride 1 the convolution of the output's gradient with the kernel turned by 180
 * degrees and its channels exchanged; otherwise the transposed convolution.
 */
export function convolutionInputGradient(
  tape: Tape,
  g: string,
  w: string,
  geometry: Geometry,
): string {
  const { kernel, strides, dilations, padsBefore, padsAfter, group } = geometry;
  const reach = kernel.map((size, i) => (size - 1) * dilations[i]!);
  const before = reach.map((size, i) => size - padsBefore[i]!);
  const after = reach.map((size, i) => size - padsAfter[i]!);
  const flips = group === 1 && strides.every((stride) => stride === 1) &&
    [...before, ...after].every((pad) => pad >= 0);
  if (!flips) return transposedConvolution(tape, g, w, geometry, reach);
  return tape.add("Conv", [g, turned(tape, w, kernel)], {
    kernel_shape: ints(kernel),
    strides: ints([1, 1]),
    dilations: ints(dilations),
    pads: ints([...before, ...after]),
    group: int(1),
  });
}

/** [O, I, kh, kw] to [I, O, kh, kw], rows and columns in reverse order. */
function turned(tape: Tape, w: string, kernel: readonly number[]): string {
  const exchanged = tape.transpose(w, [1, 0, 2, 3]);
  if (kernel.every((size) => size === 1)) return exchanged;
  const end = Number.MIN_SAFE_INTEGER;
  return tape.slice(exchanged, [2, 3], [-1, -1], [end, end], [-1, -1]);
}

function transposedConvolution(
  tape: Tape,
  g: string,
  w: string,
  { kernel, strides, dilations, padsBefore, padsAfter, group, input, output }: Geometry,
  reach: readonly number[],
): string {
  // Inputs at the end that no window reaches have gradient 0.
  const unreached = input.map((size, i) =>
    size + padsBefore[i]! + padsAfter[i]! - (output[i]! - 1) * strides[i]! - reach[i]! - 1
  );
  return tape.add("ConvTranspose", [g, w], {
    kernel_shape: ints(kernel),
    strides: ints(strides),
    dilations: ints(dilations),
    pads: ints([...padsBefore, ...padsAfter]),
    output_padding: ints(unreached),
    group: int(group),
  });
}

/**
 * Gradient by w: at each offset of the kernel the matrix product of the output's gradient [O, B P] with
 * the inputs that this offset meets [I, B P], over all B images and P positions.
 */
export function convolutionWeightGradient(
  tape: Tape,
  x: string,
  g: string,
  geometry: Geometry,
): string {
  const { batch, inputChannels, outputChannels, group, output, kernel } = geometry;
  const terms = batch * sizeOf(output);
  const channels = [group, outputChannels / group, inputChannels / group] as const;
  const gradient = tape.reshape(
    tape.transpose(g, [1, 0, 2, 3]),
    [group, channels[1], terms],
  );
  const products = met(tape, x, geometry).map((inputs) => {
    const columns = tape.reshape(
      tape.transpose(inputs, [0, 2, 3, 1]),
      [terms, group, channels[2]],
    );
    const perGroup = tape.transpose(columns, [1, 0, 2]);
    return tape.reshape(tape.add("MatMul", [gradient, perGroup]), [
      outputChannels,
      channels[2],
      1,
    ]);
  });
  const stacked = products.length === 1
    ? products[0]!
    : tape.add("Concat", products, { axis: int(2) });
  return tape.reshape(stacked, [outputChannels, channels[2], ...kernel]);
}

/** For each offset of the kernel, row by row, the inputs that it meets: [B, I, Ho, Wo]. */
function met(tape: Tape, x: string, geometry: Geometry): string[] {
  const { kernel, strides, dilations, padsBefore, padsAfter, output } = geometry;
  const padded = tape.pad(x, [0, 0, ...padsBefore], [0, 0, ...padsAfter]);
  return Array.from({ length: sizeOf(kernel) }, (_, at) => {
    const offset = [Math.floor(at / kernel[1]!), at % kernel[1]!];
    const starts = offset.map((k, i) => k * dilations[i]!);
    const ends = starts.map((start, i) => start + (output[i]! - 1) * strides[i]! + 1);
    return tape.slice(padded, [2, 3], starts, ends, strides);
  });
}
