/**
 * VGG-16 for 32 x 32 images as in kuangliu's pytorch-cifar, which Ansuini et al. 2019 train on CIFAR-10
 * (Figure 9).
 *
 * @module
 */
import type { Graph } from "../graph/mod.ts";
import type { NetOptions } from "./architecture.ts";
import { vggBlocks } from "./vgg.ts";
import { buildVgg } from "./vgg_layers.ts";

/**
 * VGG-16's 13 convolutions, each with batch normalisation, and one dense layer, all drawn as PyTorch
 * does by default. The original's average pooling over 1 x 1 is left out because it changes nothing; it
 * is the layer at relative depth 14/15 of the figure, with the values of the last max pooling.
 */
export function vgg16Cifar(options: NetOptions): Graph {
  return buildVgg({
    name: "vgg16_cifar",
    blocks: vggBlocks(16),
    hidden: [],
    withBatchNorm: true,
    drawConv(init, layer, dims) {
      const fanIn = dims[1] * dims[2] * dims[3];
      init.uniformFanIn(`${layer}.weight`, dims, fanIn);
      init.uniformFanIn(`${layer}.bias`, [dims[0]], fanIn);
    },
    drawDense(init, layer, dims) {
      init.uniformFanIn(`${layer}.weight`, dims, dims[1]);
      init.uniformFanIn(`${layer}.bias`, [dims[0]], dims[1]);
    },
  }, options);
}
