import * as tf from "@tensorflow/tfjs";
import assert from "node:assert/strict";
import { int, ints } from "../mod.ts";
import { interpret64, type Tensor64 } from "../testdata/interpret64.ts";
import { CaseBuilder } from "../testdata/operator_cases/case_builder.ts";
import { differentiatedCase, weightedSum } from "../testdata/weighted_sum.ts";

// Else its first tensor advertises the native package.
tf.enableProdMode();

/** Of float32, relative to the largest gradient by the same input. */
const TOLERANCE = 1e-4;

/** An operator in this program's graphs and in TensorFlow.js; both have channels before rows and columns. */
interface Pair {
  readonly build: (builder: CaseBuilder) => void;
  readonly tfjs: (...inputs: tf.Tensor[]) => tf.Tensor;
}

const channelsLast = (x: tf.Tensor) => tf.transpose(x, [0, 2, 3, 1]) as tf.Tensor4D;
const channelsFirst = (x: tf.Tensor) => tf.transpose(x, [0, 3, 1, 2]);

/** Padding above, below, left and right. */
function borders(top: number, bottom: number, left: number, right: number) {
  return [[0, 0], [top, bottom], [left, right], [0, 0]] as [
    [number, number],
    [number, number],
    [number, number],
    [number, number],
  ];
}

const alongRow = (x: tf.Tensor) => tf.slice(x, [0, 1, 0], [2, 2, 3]);

const PAIRS: Readonly<Record<string, Pair>> = {
  "Conv with strides and padding": {
    build: (builder) => {
      const w = builder.input("w", [4, 3, 3, 2]);
      builder.y("Conv", [builder.input("x", [2, 3, 7, 6]), w, builder.input("b", [4])], {
        strides: ints([2, 1]),
        pads: ints([1, 0, 2, 1]),
      });
    },
    tfjs: (w, x, b) => {
      const kernel = tf.transpose(w!, [2, 3, 1, 0]) as tf.Tensor4D;
      const y = tf.conv2d(channelsLast(x!), kernel, [2, 1], borders(1, 2, 0, 1));
      return channelsFirst(tf.add(y, b!));
    },
  },
  "Conv of one group a channel": {
    build: (builder) => {
      const w = builder.input("w", [3, 1, 3, 3]);
      builder.y("Conv", [builder.input("x", [2, 3, 5, 6]), w], {
        group: int(3),
        pads: ints([1, 1, 1, 1]),
      });
    },
    tfjs: (w, x) => {
      const kernel = tf.transpose(w!, [2, 3, 0, 1]) as tf.Tensor4D;
      return channelsFirst(tf.depthwiseConv2d(channelsLast(x!), kernel, 1, "same"));
    },
  },
  ConvTranspose: {
    build: (builder) => {
      const x = builder.input("x", [2, 3, 4, 3]);
      builder.y("ConvTranspose", [x, builder.input("w", [3, 2, 3, 3])], { strides: ints([2, 2]) });
    },
    tfjs: (x, w) => {
      const kernel = tf.transpose(w!, [2, 3, 1, 0]) as tf.Tensor4D;
      return channelsFirst(tf.conv2dTranspose(channelsLast(x!), kernel, [2, 9, 7, 2], 2, "valid"));
    },
  },
  Gemm: {
    build: (builder) => {
      const w = builder.input("w", [4, 5]);
      builder.y("Gemm", [builder.input("x", [3, 5]), w, builder.input("b", [4])], {
        transB: int(1),
      });
    },
    tfjs: (w, x, b) => tf.add(tf.matMul(x!, w!, false, true), b!),
  },
  "MatMul of batches": {
    build: (builder) => {
      builder.y("MatMul", [builder.input("a", [2, 3, 4]), builder.input("b", [2, 4, 2])]);
    },
    tfjs: (a, b) => tf.matMul(a!, b!),
  },
  "MaxPool of 3 x 3 with stride 2 and padding 1": {
    build: (builder) => {
      builder.y("MaxPool", [builder.input("x", [2, 3, 7, 6], "separated")], {
        kernel_shape: ints([3, 3]),
        strides: ints([2, 2]),
        pads: ints([1, 1, 1, 1]),
      });
    },
    tfjs: (x) => {
      const pads = borders(1, 1, 1, 1);
      return channelsFirst(tf.maxPool(channelsLast(x!), 3, 2, pads));
    },
  },
  // With padding TensorFlow.js divides the gradients at borders by the size of the whole window.
  "overlapping AveragePool": {
    build: (builder) => {
      builder.y("AveragePool", [builder.input("x", [2, 3, 7, 6])], {
        kernel_shape: ints([3, 2]),
        strides: ints([2, 1]),
      });
    },
    tfjs: (x) => channelsFirst(tf.avgPool(channelsLast(x!), [3, 2], [2, 1], "valid")),
  },
  GlobalAveragePool: {
    build: (builder) => builder.y("GlobalAveragePool", [builder.input("x", [2, 3, 5, 4])]),
    tfjs: (x) => tf.mean(x!, [2, 3], true),
  },
  "BatchNormalization with the statistics of the batch": {
    build: (builder) => {
      builder.graph.addNode({
        name: "y",
        op: "BatchNormalization",
        domain: "",
        inputs: [
          builder.input("x", [3, 2, 4, 3]),
          builder.input("scale", [2]),
          builder.input("shift", [2]),
          builder.graph.weight("mean", [2], new Float32Array(2)),
          builder.graph.weight("variance", [2], new Float32Array(2)),
        ],
        outputs: ["y", "batch mean", "batch variance"],
        attributes: new Map([
          ["training_mode", int(1)],
          ["momentum", { kind: "float", value: 0 }],
        ]),
      });
    },
    tfjs: (x, scale, shift) => {
      const images = channelsLast(x!);
      const { mean, variance } = tf.moments(images, [0, 1, 2]);
      const root = tf.sqrt(tf.add(variance, 1e-5));
      const normal = tf.div(tf.sub(images, mean), root);
      return channelsFirst(tf.add(tf.mul(normal, scale!), shift!));
    },
  },
  "elementwise arithmetic with broadcasting": {
    build: (builder) => {
      const a = builder.input("a", [2, 1, 4]);
      const b = builder.input("b", [3, 1], "positive");
      const { graph } = builder;
      const quotient = graph.add("quotient", "Div", [a, b]);
      const product = graph.add("product", "Mul", [quotient, graph.add("sum", "Add", [a, b])]);
      builder.y("Sub", [product, graph.add("log", "Log", [graph.add("root", "Sqrt", [b])])]);
    },
    tfjs: (a, b) => tf.sub(tf.mul(tf.div(a!, b!), tf.add(a!, b!)), tf.log(tf.sqrt(b!))),
  },
  activations: {
    build: (builder) => {
      const { graph } = builder;
      const x = builder.input("x", [2, 5], "separated");
      const leaky = graph.add("leaky", "LeakyRelu", [x], { alpha: { kind: "float", value: 0.25 } });
      const sigmoid = graph.add("sigmoid", "Sigmoid", [graph.add("exp", "Exp", [x])]);
      const product = graph.add("product", "Mul", [leaky, sigmoid]);
      builder.y("Add", [graph.add("relu", "Relu", [x]), graph.add("tanh", "Tanh", [product])]);
    },
    tfjs: (x) =>
      tf.add(tf.relu(x!), tf.tanh(tf.mul(tf.leakyRelu(x!, 0.25), tf.sigmoid(tf.exp(x!))))),
  },
  reductions: {
    build: (builder) => {
      const { graph } = builder;
      const x = builder.input("x", [2, 3, 4], "separated");
      const over = (op: string) => graph.add(op, op, [x], { axes: ints([1]), keepdims: int(0) });
      const [mean, largest, smallest] = ["ReduceMean", "ReduceMax", "ReduceMin"].map(over);
      const extremes = graph.add("extremes", "Mul", [largest!, smallest!]);
      builder.y("Mul", [mean!, extremes]);
    },
    tfjs: (x) => tf.mul(tf.mean(x!, 1), tf.mul(tf.max(x!, 1), tf.min(x!, 1))),
  },
  "Min and Max of two": {
    build: (builder) => {
      const [a, b] = [
        builder.input("a", [3, 4], "separated"),
        builder.input("b", [3, 4], "separated"),
      ];
      builder.y("Mul", [
        builder.graph.add("low", "Min", [a, b]),
        builder.graph.add("high", "Max", [a, b]),
      ]);
    },
    tfjs: (a, b) => tf.mul(tf.minimum(a!, b!), tf.maximum(a!, b!)),
  },
  "Concat, Slice, Pad and Transpose": {
    build: (builder) => {
      const { graph } = builder;
      const joined = graph.add("joined", "Concat", [
        builder.input("a", [2, 1, 3]),
        builder.input("b", [2, 2, 3]),
      ], { axis: int(1) });
      const part = graph.add("part", "Slice", [
        joined,
        builder.integers("starts", [1]),
        builder.integers("ends", [3]),
        builder.integers("axes", [1]),
      ]);
      const wide = graph.add("wide", "Pad", [part, builder.integers("pads", [0, 1, 0, 0, 0, 2])]);
      builder.y("Transpose", [wide], { perm: ints([2, 0, 1]) });
    },
    tfjs: (a, b) => {
      const part = alongRow(tf.concat([a!, b!], 1));
      return tf.transpose(tf.pad(part, [[0, 0], [1, 0], [0, 2]]), [2, 0, 1]);
    },
  },
  Softmax: {
    build: (builder) => builder.y("Softmax", [builder.input("x", [3, 5])], { axis: int(1) }),
    tfjs: (x) => tf.softmax(x!),
  },
  "cross-entropy": {
    build: (builder) => {
      const { graph } = builder;
      const logits = builder.input("logits", [4, 5]);
      const weights = builder.fixedInput("weights of classes", [4, 5], "positive");
      const targets = graph.add("targets", "Softmax", [weights]);
      const logs = graph.add("logs", "LogSoftmax", [logits], { axis: int(1) });
      const losses = graph.add("losses", "Mul", [logs, targets]);
      const sums = graph.add("sums", "ReduceSum", [losses, builder.integers("axes", [1])], {
        keepdims: int(0),
      });
      builder.y("Neg", [graph.add("mean", "ReduceMean", [sums], { keepdims: int(0) })]);
    },
    tfjs: (logits, weights) => tf.losses.softmaxCrossEntropy(tf.softmax(weights!), logits!),
  },
};

function tensorOf({ dims, data }: Tensor64): tf.Tensor {
  return tf.tensor(Float32Array.from(data), [...dims], "float32");
}

for (const [name, { build, tfjs }] of Object.entries(PAIRS)) {
  Deno.test(`differentiate() agrees with TensorFlow.js on ${name}`, () => {
    const builder = new CaseBuilder(name, 17);
    build(builder);
    const operatorCase = builder.build();
    const lossCase = weightedSum(operatorCase);
    const { graph, gradients } = differentiatedCase(lossCase);
    const values = interpret64(graph, lossCase.feeds);
    tf.tidy(() => {
      const inputs = [...operatorCase.feeds.values()].map(tensorOf);
      const weights = tensorOf(values.get("weights")!);
      const found = tf.grads((...given) => tf.sum(tf.mul(tfjs(...given), weights)))(inputs);
      for (const [at, input] of [...operatorCase.feeds.keys()].entries()) {
        const gradient = gradients.get(input);
        if (gradient === undefined) continue;
        const { dims, data } = values.get(gradient)!;
        assert.deepEqual(found[at]!.shape, dims);
        const other = found[at]!.dataSync();
        const largest = data.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
        for (const [i, value] of data.entries()) {
          const error = Math.abs(other[i]! - value);
          assert.ok(error <= TOLERANCE * largest, `d${input}[${i}]: ${value}, ${other[i]}`);
        }
      }
    });
  });
}
