/**
 * VGG with 11 to 19 layers, with and without batch normalisation (Simonyan and Zisserman 2015), as in
 * torchvision.
 *
 * @module
 */
import { type Graph, GraphBuilder } from "../graph/mod.ts";
import {
  INPUT,
  inputShape,
  type NetOptions,
  OUTPUT,
  refuseSmallImages,
  scaled,
} from "./architecture.ts";
import { batchNorm } from "./batch_norm.ts";
import { Initialiser } from "./initialise.ts";

const CHANNELS = [64, 128, 256, 512, 512] as const;
const CONV = { kernel: 3, padding: 1 } as const;
const POOL = { kernel: 2, stride: 2 } as const;

/** Convolutions in each of the five blocks. */
const BLOCKS = {
  11: [1, 1, 2, 2, 2],
  13: [2, 2, 2, 2, 2],
  16: [2, 2, 3, 3, 3],
  19: [2, 2, 4, 4, 4],
} as const;

/** Number of layers with weights. */
export type VggDepth = keyof typeof BLOCKS;

/** VGG for images whose size is a multiple of 32. */
export function vgg(depth: VggDepth, withBatchNorm: boolean, options: NetOptions): Graph {
  return build(`vgg${depth}${withBatchNorm ? "_bn" : ""}`, options, BLOCKS[depth], {
    hidden: 4096,
    withBatchNorm,
  });
}

/** VGG-11's first three blocks for 28 x 28 images, dense layers of 1024 units. */
export function vgg28(options: NetOptions): Graph {
  return build("vgg_28", options, BLOCKS[11].slice(0, 3), { hidden: 1024, withBatchNorm: false });
}

function build(
  name: string,
  options: NetOptions,
  blocks: readonly number[],
  { hidden, withBatchNorm }: { hidden: number; withBatchNorm: boolean },
): Graph {
  const graph = new GraphBuilder(name);
  const init = new Initialiser(graph, options.seed);
  let x = graph.input(INPUT, inputShape(options));
  let size = options.inputSize;
  let channels = options.inputChannels;
  let index = 0;
  for (const [block, convs] of blocks.entries()) {
    const out = scaled(CHANNELS[block]!, options.width);
    for (let conv = 0; conv < convs; conv++) {
      const layer = `features.${index++}`;
      init.kaimingNormalFanOut(`${layer}.weight`, [out, channels, 3, 3]);
      init.constant(`${layer}.bias`, [out], 0);
      x = graph.conv(layer, x, CONV, true);
      if (withBatchNorm) x = batchNorm(graph, init, `features.${index++}`, x, out);
      x = graph.add(`features.${index++}`, "Relu", [x]);
      channels = out;
    }
    x = graph.maxPool(`features.${index++}`, x, POOL);
    size = Math.floor(size / 2);
  }
  refuseSmallImages(name, options, size);
  x = graph.add("flatten", "Flatten", [x]);
  const widths = [channels * size ** 2, ...[hidden, hidden].map((w) => scaled(w, options.width))];
  for (const [at, fanIn] of widths.entries()) {
    const last = at === widths.length - 1;
    const layer = `classifier.${3 * at}`;
    const out = last ? options.classes : widths[at + 1]!;
    init.normal(`${layer}.weight`, [out, fanIn], 0.01);
    init.constant(`${layer}.bias`, [out], 0);
    if (last) graph.linear(layer, x, OUTPUT);
    else x = graph.add(`${layer}.relu`, "Relu", [graph.linear(layer, x)]);
  }
  graph.output(OUTPUT);
  return graph.build();
}
