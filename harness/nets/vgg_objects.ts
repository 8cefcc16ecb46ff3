/**
 * Small networks of the VGG kind for rendered objects of 32 or 64 pixels: four poolings, dense layers
 * of 256 units.
 *
 * @module
 */
import type { Graph } from "../graph/mod.ts";
import type { NetOptions } from "./architecture.ts";
import { stagesOf } from "./stages.ts";
import { buildVgg } from "./vgg_layers.ts";

const CHANNELS = [16, 32, 64, 64] as const;

/** Numbers of convolutions that have a name, `vgg_objects` being the one with four. */
export const VGG_OBJECTS_CONVS = [4, 6, 8, 10, 12] as const;

/**
 * VGG for images of 16 pixels and more; a size that is no multiple of 16 loses a border. Four blocks
 * share the convolutions: with 4 there is one in each, 6 begin as VGG-11 does, 8 as VGG-13.
 *
 * Every layer before a ReLU is drawn from a normal distribution with variance 2 / fan-in (He et al.
 * 2015, Equation 10), which keeps the size of the signal from layer to layer, so that the network
 * learns without batch normalisation. No ReLU follows the logits: they are drawn with PyTorch's
 * default, a sixth of that variance, so that training starts from nearly equal probabilities.
 */
export function vggObjects(
  convs: (typeof VGG_OBJECTS_CONVS)[number],
  withBatchNorm: boolean,
  options: NetOptions,
): Graph {
  const name = `vgg_objects${convs === 4 ? "" : `_${convs}conv`}${withBatchNorm ? "_bn" : ""}`;
  return buildVgg({
    name,
    blocks: stagesOf(convs).map((count, block) => ({ convs: count, channels: CHANNELS[block]! })),
    hidden: [256, 256],
    withBatchNorm,
    drawConv(init, layer, dims) {
      init.kaimingNormalFanIn(`${layer}.weight`, dims);
      init.constant(`${layer}.bias`, [dims[0]], 0);
    },
    drawDense(init, layer, dims, isLast) {
      if (isLast) init.uniformFanIn(`${layer}.weight`, dims, dims[1]);
      else init.kaimingNormalFanIn(`${layer}.weight`, dims);
      init.constant(`${layer}.bias`, [dims[0]], 0);
    },
  }, options);
}
