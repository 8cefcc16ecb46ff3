/**
 * Networks of the VGG kind (Simonyan and Zisserman 2015): blocks of 3 x 3 convolutions that end in a
 * max pooling, then dense layers.
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
import { dropout } from "./dropout.ts";
import { Initialiser } from "./initialise.ts";

const CONV = { kernel: 3, padding: 1 } as const;
const POOL = { kernel: 2, stride: 2 } as const;

/** What distinguishes the networks of this kind. */
export interface VggLayers {
  readonly name: string;
  readonly blocks: readonly VggBlock[];
  /** Widths of the dense layers before the logits. */
  readonly hidden: readonly number[];
  readonly withBatchNorm: boolean;
  readonly drawConv: DrawConv;
  readonly drawDense: DrawDense;
}

/** Convolutions with as many channels each, then a max pooling. */
export interface VggBlock {
  readonly convs: number;
  readonly channels: number;
}

/** Draws `<layer>.weight` with the shape [out, in, 3, 3] and `<layer>.bias`. */
export type DrawConv = (
  init: Initialiser,
  layer: string,
  dims: readonly [number, number, number, number],
) => void;

/** Draws `<layer>.weight` with the shape [out, in] and `<layer>.bias`. */
export type DrawDense = (
  init: Initialiser,
  layer: string,
  dims: readonly [number, number],
  isLast: boolean,
) => void;

/**
 * Builds the network with torchvision's names of layers: `features.<i>`, and `classifier.<i>` or, where
 * there is only one dense layer, `classifier`.
 *
 * @throws {UsageError} When the images are too small for the poolings.
 */
export function buildVgg(layers: VggLayers, options: NetOptions): Graph {
  const { name, blocks, hidden, withBatchNorm, drawConv, drawDense } = layers;
  const graph = new GraphBuilder(name);
  const init = new Initialiser(graph, options.seed);
  let x = graph.input(INPUT, inputShape(options));
  let size = options.inputSize;
  let channels = options.inputChannels;
  let index = 0;
  for (const block of blocks) {
    const out = scaled(block.channels, options.width);
    for (let conv = 0; conv < block.convs; conv++) {
      const layer = `features.${index++}`;
      drawConv(init, layer, [out, channels, CONV.kernel, CONV.kernel]);
      x = graph.conv(layer, x, CONV, true);
      if (withBatchNorm) x = batchNorm(graph, init, `features.${index++}`, x, out);
      x = graph.add(`features.${index++}`, "Relu", [x]);
      channels = out;
    }
    x = graph.maxPool(`features.${index++}`, x, POOL);
    size = Math.floor(size / POOL.stride);
  }
  refuseSmallImages(name, options, size);
  x = graph.add("flatten", "Flatten", [x]);
  const widths = [channels * size ** 2, ...hidden.map((width) => scaled(width, options.width))];
  for (const [at, fanIn] of widths.entries()) {
    const isLast = at === widths.length - 1;
    const layer = hidden.length > 0 ? `classifier.${3 * at}` : "classifier";
    drawDense(init, layer, [isLast ? options.classes : widths[at + 1]!, fanIn], isLast);
    if (isLast) graph.linear(layer, x, OUTPUT);
    else {
      x = graph.add(`${layer}.relu`, "Relu", [graph.linear(layer, x)]);
      x = dropout(graph, `classifier.${3 * at + 2}`, x, options);
    }
  }
  graph.output(OUTPUT);
  return graph.build();
}
