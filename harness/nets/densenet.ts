/**
 * Densely connected networks with 121 to 201 layers (Huang et al. 2017), as in torchvision.
 *
 * @module
 */
import { type Graph, GraphBuilder, int, ints, type Window } from "../graph/mod.ts";
import { INPUT, inputShape, type NetOptions, OUTPUT, scaled } from "./architecture.ts";
import { batchNorm } from "./batch_norm.ts";
import { Initialiser } from "./initialise.ts";

/** Layers in each block, channels that each layer adds, and channels before the first block. */
const DEPTHS = {
  121: { blocks: [6, 12, 24, 16], growth: 32, stem: 64 },
  161: { blocks: [6, 12, 36, 24], growth: 48, stem: 96 },
  169: { blocks: [6, 12, 32, 32], growth: 32, stem: 64 },
  201: { blocks: [6, 12, 48, 32], growth: 32, stem: 64 },
} as const;

/** Number of layers with weights. */
export type DensenetDepth = keyof typeof DEPTHS;

/** Channels inside a layer, as a multiple of those that it adds. */
const BOTTLENECK = 4;

const STEM = { kernel: 7, stride: 2, padding: 3 } as const;
const STEM_POOL = { kernel: 3, stride: 2, padding: 1 } as const;
const POINT = { kernel: 1 } as const;
const CONV = { kernel: 3, padding: 1 } as const;
const HALVED = { kernel_shape: ints([2, 2]), strides: ints([2, 2]) };

/** DenseNet for images of any size; transitions halve channels and size. */
export function densenet(depth: DensenetDepth, options: NetOptions): Graph {
  const { blocks, growth: originalGrowth, stem } = DEPTHS[depth];
  const growth = scaled(originalGrowth, options.width);
  const graph = new GraphBuilder(`densenet${depth}`);
  const init = new Initialiser(graph, options.seed);
  const conv = (name: string, x: string, from: number, to: number, window: Window) => {
    init.kaimingNormalFanIn(`${name}.weight`, [to, from, window.kernel, window.kernel]);
    return graph.conv(name, x, window, false);
  };
  const normRelu = (name: string, x: string, channels: number) =>
    graph.add(`${name}.relu`, "Relu", [batchNorm(graph, init, name, x, channels)]);

  let channels = scaled(stem, options.width);
  let x = graph.input(INPUT, inputShape(options));
  x = conv("features.conv0", x, options.inputChannels, channels, STEM);
  x = normRelu("features.norm0", x, channels);
  x = graph.maxPool("features.pool0", x, STEM_POOL);
  for (const [block, layers] of blocks.entries()) {
    for (let layer = 0; layer < layers; layer++) {
      const at = `features.denseblock${block + 1}.denselayer${layer + 1}`;
      const inner = BOTTLENECK * growth;
      let y = conv(`${at}.conv1`, normRelu(`${at}.norm1`, x, channels), channels, inner, POINT);
      y = conv(`${at}.conv2`, normRelu(`${at}.norm2`, y, inner), inner, growth, CONV);
      x = graph.add(`${at}.concat`, "Concat", [x, y], { axis: int(1) });
      channels += growth;
    }
    if (block === blocks.length - 1) continue;
    const at = `features.transition${block + 1}`;
    const half = Math.max(1, Math.floor(channels / 2));
    x = conv(`${at}.conv`, normRelu(`${at}.norm`, x, channels), channels, half, POINT);
    x = graph.add(`${at}.pool`, "AveragePool", [x], HALVED);
    channels = half;
  }
  x = normRelu("features.norm5", x, channels);
  x = graph.add("flatten", "Flatten", [graph.add("avgpool", "GlobalAveragePool", [x])]);
  init.uniformFanIn("classifier.weight", [options.classes, channels], channels);
  init.constant("classifier.bias", [options.classes], 0);
  graph.linear("classifier", x, OUTPUT);
  graph.output(OUTPUT);
  return graph.build();
}
