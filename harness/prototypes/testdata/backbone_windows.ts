/**
 * The convolutions and poolings of published backbones along their longest path, for receptive fields.
 *
 * @module
 */
import type { SlidingWindow } from "../receptive_field.ts";

const CONV: SlidingWindow = { kernel: 3, stride: 1, padding: 1 };
const POINT: SlidingWindow = { kernel: 1, stride: 1, padding: 0 };
const HALVE: SlidingWindow = { kernel: 2, stride: 2, padding: 0 };

/** Stem of ResNets and DenseNets for large images. */
const STEM: readonly SlidingWindow[] = [
  { kernel: 7, stride: 2, padding: 3 },
  { kernel: 3, stride: 2, padding: 1 },
];

/**
 * VGG up to its last pooling (Simonyan and Zisserman 2015).
 *
 * @param convs Convolutions of each block: 2, 2, 4, 4, 4 for VGG19.
 */
export function vggWindows(convs: readonly number[]): SlidingWindow[] {
  return convs.flatMap((count) => [...Array.from({ length: count }, () => CONV), HALVE]);
}

/**
 * ResNet (He et al. 2016), stride in the first 3 x 3 convolution of a stage, as in torchvision.
 *
 * @param blocks Blocks of each stage: 3, 4, 6, 3 for ResNet-34.
 * @param bottleneck Whether a block is 1 x 1, 3 x 3, 1 x 1 instead of twice 3 x 3.
 */
export function resnetWindows(blocks: readonly number[], bottleneck: boolean): SlidingWindow[] {
  const stages = blocks.flatMap((count, stage) =>
    Array.from({ length: count }, (_, block): SlidingWindow[] => {
      const strided = { ...CONV, stride: stage > 0 && block === 0 ? 2 : 1 };
      return bottleneck ? [POINT, strided, POINT] : [strided, CONV];
    })
  );
  return [...STEM, ...stages.flat()];
}

/**
 * DenseNet (Huang et al. 2017): every layer is 1 x 1, 3 x 3; between blocks 1 x 1 and a pooling.
 *
 * @param layers Layers of each block: 6, 12, 24, 16 for DenseNet-121.
 */
export function densenetWindows(layers: readonly number[]): SlidingWindow[] {
  const blocks = layers.flatMap((count, block) => [
    ...Array.from({ length: count }, () => [POINT, CONV]).flat(),
    ...(block < layers.length - 1 ? [POINT, HALVE] : []),
  ]);
  return [...STEM, ...blocks];
}
