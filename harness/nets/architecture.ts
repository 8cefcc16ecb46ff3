/**
 * What every architecture takes.
 *
 * @module
 */
import { UsageError } from "../base/mod.ts";

/** Size and seed of a network. */
export interface NetOptions {
  readonly classes: number;
  /** Height and width of the images in pixels. */
  readonly inputSize: number;
  readonly inputChannels: number;
  /** Factor on the number of channels of every hidden layer. */
  readonly width: number;
  /** Seed of the initial weights. */
  readonly seed: number;
  /** Share of the units that dropout drops in training; without it there is none. */
  readonly dropout?: number;
}

/** Name of the input and of the output of every network built here. */
export const INPUT = "images";
export const OUTPUT = "logits";

/** Shape of the input with a free batch. */
export function inputShape({ inputChannels, inputSize }: NetOptions) {
  return ["N", inputChannels, inputSize, inputSize] as const;
}

/** A number of channels, scaled. */
export function scaled(channels: number, width: number): number {
  return Math.max(1, Math.round(channels * width));
}

/** Output size of a convolution or pooling (rounded down, as in PyTorch). */
export function windowOutput(
  size: number,
  kernel: number,
  stride: number,
  padding: number,
): number {
  return Math.floor((size + 2 * padding - kernel) / stride) + 1;
}

/** @throws {UsageError} When nothing is left of the images after the convolutions. */
export function refuseSmallImages(
  name: string,
  { inputSize }: NetOptions,
  sizeLeft: number,
): void {
  if (sizeLeft >= 1) return;
  throw new UsageError(
    `Cannot build ${name} for images of ${inputSize} pixels: nothing is left of them after its ` +
      "convolutions and poolings",
  );
}

/** A layer that a figure shows. */
export interface NamedLayer {
  readonly name: string;
  readonly tensor: string;
}
