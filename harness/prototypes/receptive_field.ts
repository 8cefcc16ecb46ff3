/**
 * What part of the image a latent cell can see at all (the authors' receptive_field.py; Araujo et al.
 * 2019). It bounds what a prototype depends on; it does not say what it depends on.
 *
 * @module
 */
import type { Box } from "./box.ts";

/** A convolution or pooling along one axis, in pixels of its input. */
export interface SlidingWindow {
  readonly kernel: number;
  readonly stride: number;
  readonly padding: number;
}

/** Cells of a latent map and their view of the image, in pixels of the image. */
export interface ReceptiveField {
  /** Cells along an axis. */
  readonly cells: number;
  /** Distance between the centres of neighbouring cells. */
  readonly jump: number;
  /** Side of what a cell sees. */
  readonly size: number;
  /** Centre of what the first cell sees. */
  readonly start: number;
}

/** The receptive field behind a chain of windows; the longest path where a network branches. */
export function receptiveField(
  imageSize: number,
  windows: Iterable<SlidingWindow>,
): ReceptiveField {
  let field: ReceptiveField = { cells: imageSize, jump: 1, size: 1, start: 0.5 };
  for (const { kernel, stride, padding } of windows) {
    const { cells, jump, size, start } = field;
    field = {
      cells: Math.floor((cells + 2 * padding - kernel) / stride) + 1,
      jump: jump * stride,
      size: size + (kernel - 1) * jump,
      start: start + ((kernel - 1) / 2 - padding) * jump,
    };
  }
  return field;
}

/** What the cell at a row and column sees, within the image. */
export function receptiveFieldBox(
  { jump, size, start }: ReceptiveField,
  row: number,
  column: number,
  imageSize: number,
): Box {
  const side = (index: number): [number, number] => {
    const centre = start + index * jump;
    return [
      Math.max(0, Math.trunc(centre - size / 2)),
      Math.min(imageSize, Math.trunc(centre + size / 2)),
    ];
  };
  const [top, bottom] = side(row);
  const [left, right] = side(column);
  return { left, top, right, bottom };
}
