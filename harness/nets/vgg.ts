/**
 * VGG with 11 to 19 layers, with and without batch normalisation (Simonyan and Zisserman 2015), as in
 * torchvision.
 *
 * @module
 */
import type { Graph } from "../graph/mod.ts";
import type { NetOptions } from "./architecture.ts";
import { buildVgg, type DrawConv, type DrawDense, type VggBlock } from "./vgg_layers.ts";

const CHANNELS = [64, 128, 256, 512, 512] as const;

/** Convolutions in each of the five blocks. */
const BLOCKS = {
  11: [1, 1, 2, 2, 2],
  13: [2, 2, 2, 2, 2],
  16: [2, 2, 3, 3, 3],
  19: [2, 2, 4, 4, 4],
} as const;

/** Number of layers with weights. */
export type VggDepth = keyof typeof BLOCKS;

/** Widths of the dense layers of the original. */
const HIDDEN = [4096, 4096] as const;

/**
 * VGG for images whose size is a multiple of 32.
 *
 * @param hidden Widths of the dense layers before the logits.
 */
export function vgg(
  depth: VggDepth,
  withBatchNorm: boolean,
  options: NetOptions,
  hidden: readonly number[] = HIDDEN,
): Graph {
  return buildVgg({
    name: `vgg${depth}${withBatchNorm ? "_bn" : ""}`,
    blocks: vggBlocks(depth),
    hidden,
    withBatchNorm,
    drawConv,
    drawDense,
  }, options);
}

/** VGG-11's first three blocks for 28 x 28 images, dense layers of 1024 units. */
export function vgg28(options: NetOptions): Graph {
  return buildVgg({
    name: "vgg_28",
    blocks: vggBlocks(11).slice(0, 3),
    hidden: [1024, 1024],
    withBatchNorm: false,
    drawConv,
    drawDense,
  }, options);
}

/** The five blocks of convolutions. */
export function vggBlocks(depth: VggDepth): VggBlock[] {
  return BLOCKS[depth].map((convs, block) => ({ convs, channels: CHANNELS[block]! }));
}

const drawConv: DrawConv = (init, layer, dims) => {
  init.kaimingNormalFanOut(`${layer}.weight`, dims);
  init.constant(`${layer}.bias`, [dims[0]], 0);
};

const drawDense: DrawDense = (init, layer, dims) => {
  init.normal(`${layer}.weight`, dims, 0.01);
  init.constant(`${layer}.bias`, [dims[0]], 0);
};
