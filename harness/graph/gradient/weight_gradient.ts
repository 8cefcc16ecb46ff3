/**
 * The gradient of a convolution by its weights.
 *
 * @module
 */
import { int, ints } from "../graph.ts";
import type { Geometry } from "./input_gradient.ts";
import { sizeOf } from "./shapes.ts";
import type { Tape } from "./tape.ts";

/**
 * @param x Input of the convolution, [B, I, H, W].
 * @param g Gradient by its output, [B, O, Ho, Wo].
 * @returns [O, I / group, kh, kw].
 */
export function weightGradient(tape: Tape, x: string, g: string, geometry: Geometry): string {
  const { group, kernel, strides, input, output } = geometry;
  if (group !== 1) return byConvolution(tape, x, g, geometry);
  if (strides.every((stride) => stride === 1)) return byShifts(tape, x, g, geometry);
  const isSampling = kernel.every((size) => size === 1) && isUnpadded(geometry);
  if (!isSampling) return byConvolution(tape, x, g, geometry);
  const met = tape.slice(x, [2, 3], [0, 0], input, strides);
  return byShifts(tape, met, g, { ...geometry, strides: [1, 1], input: output });
}

function isUnpadded({ padsBefore, padsAfter }: Geometry): boolean {
  return [...padsBefore, ...padsAfter].every((pad) => pad === 0);
}

/**
 * dw[r, c] = sum over t of g[t] x[t + r W' + c] (dilation 1), with all images of a channel laid out in
 * one line of padded rows of W' elements; the padding of g keeps images and rows apart. Shifting g by
 * the rows and x by the columns makes all kh kw sums one matrix product, [kh O, L] times [L, kw I]:
 * the arithmetic of the convolution, after writing x and g 2 kw + 2 and 2 kh + 2 times (taking every
 * offset from x alone would write it 2 kh kw times).
 */
function byShifts(tape: Tape, x: string, g: string, geometry: Geometry): string {
  const { batch, inputChannels, outputChannels, kernel, dilations, input, output } = geometry;
  const { padsBefore, padsAfter } = geometry;
  const [rows, columns] = kernel as [number, number];
  const reach = kernel.map((size, i) => (size - 1) * dilations[i]!) as [number, number];
  const padded = input.map((size, i) => size + padsBefore[i]! + padsAfter[i]!);
  const image = sizeOf(padded);
  const length = batch * image - reach[1];
  const inputs = tape.reshape(
    tape.pad(channelsFirst(tape, x), [0, 0, ...padsBefore], [0, 0, ...padsAfter]),
    [inputChannels, batch * image],
  );
  // An empty image in front of g makes room for shifting it down.
  const lower = padded.map((size, i) => size - output[i]!);
  const gradients = tape.reshape(
    tape.pad(channelsFirst(tape, g), [0, rows > 1 ? 1 : 0, 0, 0], [0, 0, ...lower]),
    [outputChannels, -1],
  );
  const first = rows > 1 ? image : 0;
  const shifted = (value: string, elements: number, starts: readonly number[]) => {
    if (elements === length) return value;
    const slices = starts.map((start) => tape.slice(value, [1], [start], [start + length]));
    if (slices.length === 1) return slices[0]!;
    return tape.add("Concat", slices, { axis: int(0) });
  };
  const steps = (count: number) => Array.from({ length: count }, (_, step) => step);
  const product = tape.add("Gemm", [
    shifted(
      gradients,
      first + batch * image,
      steps(rows).map((r) => first - r * dilations[0]! * padded[1]!),
    ),
    shifted(inputs, batch * image, steps(columns).map((c) => c * dilations[1]!)),
  ], { transB: int(1) });
  const split = tape.reshape(product, [rows, outputChannels, columns, inputChannels]);
  return tape.transpose(split, [1, 3, 0, 2]);
}

/**
 * A convolution of x, its channels taken as images, with g as the kernel: images are summed over, and
 * strides become dilations and the reverse. Slower than `byShifts`, since the result has few positions.
 */
function byConvolution(tape: Tape, x: string, g: string, geometry: Geometry): string {
  const { batch, inputChannels, outputChannels, group, kernel, strides, dilations } = geometry;
  const { input, output, padsBefore, padsAfter } = geometry;
  const perGroup = inputChannels / group;
  const grouped = tape.reshape(x, [batch, group, perGroup, ...input]);
  const images = tape.reshape(tape.transpose(grouped, [2, 1, 0, 3, 4]), [
    perGroup,
    group * batch,
    ...input,
  ]);
  const gradient = tape.add("Conv", [images, channelsFirst(tape, g)], {
    kernel_shape: ints(output),
    strides: ints(dilations),
    dilations: ints(strides),
    pads: ints([...padsBefore, ...padsAfter]),
    group: int(group),
  });
  // Inputs at the end that no window reaches give further positions.
  const exact = tape.slice(gradient, [2, 3], [0, 0], kernel);
  return tape.reshape(
    tape.transpose(exact, [1, 0, 2, 3]),
    [outputChannels, perGroup, ...kernel],
  );
}

/** [B, C, H, W] to [C, B, H, W]: whole planes move, so that it is fast. */
function channelsFirst(tape: Tape, x: string): string {
  return tape.transpose(x, [1, 0, 2, 3]);
}
