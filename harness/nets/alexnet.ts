/**
 * AlexNet as in torchvision (Krizhevsky 2014, "one weird trick"): 64-192-384-256-256 channels, no
 * local response normalisation.
 *
 * @module
 */
import { type Graph, GraphBuilder, type Window } from "../graph/mod.ts";
import {
  INPUT,
  inputShape,
  type NetOptions,
  OUTPUT,
  refuseSmallImages,
  scaled,
  windowOutput,
} from "./architecture.ts";
import { dropout } from "./dropout.ts";
import { Initialiser } from "./initialise.ts";

interface ConvSpec {
  readonly channels: number;
  readonly window: Window;
  /** Whether a max pooling follows. */
  readonly pool: boolean;
}

const POOL = { kernel: 3, stride: 2 } as const;

/** torchvision's five convolutions, for 224 x 224 images. */
const ORIGINAL: readonly ConvSpec[] = [
  { channels: 64, window: { kernel: 11, stride: 4, padding: 2 }, pool: true },
  { channels: 192, window: { kernel: 5, padding: 2 }, pool: true },
  { channels: 384, window: { kernel: 3, padding: 1 }, pool: false },
  { channels: 256, window: { kernel: 3, padding: 1 }, pool: false },
  { channels: 256, window: { kernel: 3, padding: 1 }, pool: true },
];

/** The same with a small first kernel that does not shrink, for 28 x 28 images. */
const SMALL: readonly ConvSpec[] = [
  { channels: 64, window: { kernel: 5, padding: 2 }, pool: true },
  ...ORIGINAL.slice(1),
];

/** AlexNet with average pooling to 6 x 6 left out: at 224 pixels it changes nothing. */
export function alexnet(options: NetOptions): Graph {
  return build("alexnet", options, ORIGINAL, 4096);
}

/** AlexNet for 28 x 28 images: first kernel 5 x 5 with stride 1, dense layers of 1024 units. */
export function alexnet28(options: NetOptions): Graph {
  return build("alexnet_28", options, SMALL, 1024);
}

function build(
  name: string,
  options: NetOptions,
  convs: readonly ConvSpec[],
  hidden: number,
): Graph {
  const graph = new GraphBuilder(name);
  const init = new Initialiser(graph, options.seed);
  let x = graph.input(INPUT, inputShape(options));
  let size = options.inputSize;
  let channels = options.inputChannels;
  let index = 0;
  for (const { channels: wanted, window, pool } of convs) {
    const out = scaled(wanted, options.width);
    const layer = `features.${index}`;
    const fanIn = channels * window.kernel ** 2;
    init.uniformFanIn(`${layer}.weight`, [out, channels, window.kernel, window.kernel], fanIn);
    init.uniformFanIn(`${layer}.bias`, [out], fanIn);
    x = graph.add(`features.${index + 1}`, "Relu", [graph.conv(layer, x, window, true)]);
    size = windowOutput(size, window.kernel, window.stride ?? 1, window.padding ?? 0);
    channels = out;
    index += 2;
    if (pool) {
      x = graph.maxPool(`features.${index++}`, x, POOL);
      size = windowOutput(size, POOL.kernel, POOL.stride, 0);
    }
  }
  refuseSmallImages(name, options, size);
  x = graph.add("flatten", "Flatten", [x]);
  const widths = [channels * size ** 2, ...[hidden, hidden].map((w) => scaled(w, options.width))];
  for (const [at, fanIn] of widths.entries()) {
    const last = at === widths.length - 1;
    if (!last) x = dropout(graph, `classifier.${3 * at}`, x, options);
    const layer = `classifier.${[1, 4, 6][at]}`;
    const out = last ? options.classes : widths[at + 1]!;
    init.uniformFanIn(`${layer}.weight`, [out, fanIn], fanIn);
    init.uniformFanIn(`${layer}.bias`, [out], fanIn);
    if (last) graph.linear(layer, x, OUTPUT);
    else x = graph.add(`${layer}.relu`, "Relu", [graph.linear(layer, x)]);
  }
  graph.output(OUTPUT);
  return graph.build();
}
