/**
 * The gradient of a convolution by its weights.
 *
 * @module
 */
import { int, ints } from "../graph.ts";
import type { Geometry } from "./input_gradient.ts";
import { type Shape, sizeOf } from "./shapes.ts";
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
 * dw[r, c] = sum over t of g[t] x[t + r W + c] (dilation 1), with the images of a channel laid out in one
 * line, its rows W elements apart, where zeros keep rows and images from meeting. Shifting g by the rows and
 * x by the columns makes all kh kw sums one matrix product, [kh O, L] times [L, kw I]: the arithmetic of the
 * convolution, after writing x and g 1 + kw and 1 + kh times. The sum goes over groups of images, one
 * product each.
 */
function byShifts(tape: Tape, x: string, g: string, geometry: Geometry): string {
  const { batch, inputChannels, outputChannels, kernel, dilations, input, output } = geometry;
  const { padsBefore } = geometry;
  const [rows, columns] = kernel as [number, number];
  const reach = kernel.map((size, i) => (size - 1) * dilations[i]!) as [number, number];
  // The padding in front of a row or an image is also the one behind the row or image before it.
  const apart = input.map((size, i) =>
    Math.max(size + padsBefore[i]!, output[i]!, output[i]! + reach[i]! - padsBefore[i]!)
  ) as [number, number];
  const groups = groupsOf(batch, sizeOf(apart));
  const line = batch / groups * sizeOf(apart);
  const length = line + Math.max(reach[0] * apart[1], reach[1]);
  const lines = (value: string, channels: number, before: Shape, size: Shape) => {
    const after = apart.map((whole, i) => whole - before[i]! - size[i]!);
    const padded = tape.pad(value, [0, 0, ...before], [0, 0, ...after]);
    const grouped = [groups, batch / groups, channels, sizeOf(apart)];
    const turned = groups === batch
      ? padded
      : tape.transpose(tape.reshape(padded, grouped), [0, 2, 1, 3]);
    return tape.reshape(turned, [groups, channels, line]);
  };
  const shifted = (value: string, channels: number, copies: number, step: number) =>
    tape.reshape(
      shiftedCopies(tape, value, { dims: [groups, channels, line], copies, step, length }),
      [groups, channels * copies, length],
    );
  const products = tape.add("MatMul", [
    shifted(
      lines(g, outputChannels, [0, 0], output),
      outputChannels,
      rows,
      -dilations[0]! * apart[1],
    ),
    tape.transpose(
      shifted(lines(x, inputChannels, padsBefore, input), inputChannels, columns, dilations[1]!),
      [0, 2, 1],
    ),
  ]);
  const product = groups === 1 ? products : tape.sum(products, [0], false);
  const split = tape.reshape(product, [outputChannels, rows, inputChannels, columns]);
  return tape.transpose(split, [0, 2, 1, 3]);
}

/**
 * Products of about so many terms each ran at 240 to 340 GFLOP/s, one product over all images at 170 to 220:
 * its factors leave the cache and it has too few rows and columns to share out among threads.
 */
const TERMS = 1024;

/** In how many equal groups of whole images a product sums at least `TERMS` terms, if all images have as many. */
function groupsOf(batch: number, positions: number): number {
  const fits = (images: number) => batch % images === 0 && images * positions >= TERMS;
  const sizes = Array.from({ length: batch }, (_, i) => i + 1);
  return batch / (sizes.find(fits) ?? batch);
}

/** Copies of lines, each read so many elements further on than the one before. */
interface Shifts {
  /** Of the value; the last axis holds a line. */
  readonly dims: Shape;
  readonly copies: number;
  /** Negative: further back. */
  readonly step: number;
  /** Of a shifted line: room for the line and its largest shift. */
  readonly length: number;
}

/**
 * All shifted copies in one pass: a line of copies that are `length - step` apart, with zeros between them,
 * cut into pieces of `length`. Elements read before the start or behind the end of a line are 0.
 *
 * @returns [..., copies length].
 */
function shiftedCopies(tape: Tape, value: string, { dims, copies, step, length }: Shifts): string {
  const axis = dims.length - 1;
  const between = length - step - dims[axis]!;
  const behind = copies * length - (copies - 1) * (length - step) - dims[axis]!;
  const zeros = (count: number) =>
    count === 0 ? [] : [tape.filled([...dims.slice(0, axis), count], 0)];
  const [gap, end] = [copies === 1 ? [] : zeros(between), zeros(behind)];
  const parts = Array.from(
    { length: copies },
    (_, copy) => [value, ...(copy === copies - 1 ? end : gap)],
  ).flat();
  return parts.length === 1 ? value : tape.add("Concat", parts, { axis: int(axis) });
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
