/**
 * The gradient of a convolution by its input.
 *
 * @module
 */
import { int, ints } from "../graph.ts";
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
export function inputGradient(
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
