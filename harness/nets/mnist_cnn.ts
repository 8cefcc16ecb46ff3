/**
 * The small network that Ansuini et al. 2019 train on MNIST (Figure 6), as in the
 * authors' code: max pooling comes before the ReLU, and the output is log-probabilities.
 *
 * @module
 */
import { type Graph, GraphBuilder } from "../graph/mod.ts";
import {
  INPUT,
  inputShape,
  type NamedLayer,
  type NetOptions,
  OUTPUT,
  refuseSmallImages,
  scaled,
  windowOutput,
} from "./architecture.ts";
import { Initialiser } from "./initialise.ts";

const CONV = { kernel: 3 } as const;
const POOL = { kernel: 2, stride: 2 } as const;

/** Tensor of the log-probabilities, the output; the logits before them are named as elsewhere. */
const LOG_PROBABILITIES = "log_probabilities";

/** The figure's layers, by its own names, and their tensors. */
export const MNIST_CNN_LAYERS: readonly NamedLayer[] = [
  { name: "input", tensor: INPUT },
  { name: "conv1", tensor: "conv1.out" },
  { name: "pool1", tensor: "conv1.relu" },
  { name: "conv2", tensor: "conv2.out" },
  { name: "pool2", tensor: "conv2.relu" },
  { name: "d1", tensor: "fc1.relu" },
  { name: "output", tensor: LOG_PROBABILITIES },
];

/** Two convolutions of 32 and 64 channels, dense layers of 128 and `classes` units. */
export function mnistCnn(options: NetOptions): Graph {
  const graph = new GraphBuilder("mnist_cnn");
  const init = new Initialiser(graph, options.seed);
  const layer = (name: string, dims: readonly number[]) => {
    const fanIn = dims.slice(1).reduce((product, size) => product * size, 1);
    init.uniformFanIn(`${name}.weight`, dims, fanIn);
    init.uniformFanIn(`${name}.bias`, dims.slice(0, 1), fanIn);
  };
  let x = graph.input(INPUT, inputShape(options));
  let size = options.inputSize;
  let channels = options.inputChannels;
  for (const [at, wanted] of [32, 64].entries()) {
    const name = `conv${at + 1}`;
    const out = scaled(wanted, options.width);
    layer(name, [out, channels, CONV.kernel, CONV.kernel]);
    x = graph.maxPool(`pool${at + 1}`, graph.conv(name, x, CONV, true), POOL);
    x = graph.add(`${name}.relu`, "Relu", [x]);
    size = windowOutput(windowOutput(size, CONV.kernel, 1, 0), POOL.kernel, POOL.stride, 0);
    channels = out;
  }
  refuseSmallImages("mnist_cnn", options, size);
  const hidden = scaled(128, options.width);
  layer("fc1", [hidden, channels * size ** 2]);
  layer("fc2", [options.classes, hidden]);
  x = graph.add("fc1.relu", "Relu", [graph.linear("fc1", graph.add("flatten", "Flatten", [x]))]);
  x = graph.linear("fc2", x, OUTPUT);
  graph.output(
    graph.add(LOG_PROBABILITIES, "LogSoftmax", [x], { axis: { kind: "int", value: 1 } }),
  );
  return graph.build();
}
