/**
 * The same network as other exporters would write it, for tests of loading weights.
 *
 * @module
 */
import { randomStream } from "../../base/mod.ts";
import { type Graph, GraphBuilder, type GraphNode, type Tensor } from "../../graph/mod.ts";

/** A graph with random values in place of all its float32 constants; variances stay positive. */
export function withRandomWeights(graph: Graph, seed: number): Graph {
  const random = randomStream(seed, "test weights");
  const initializers = new Map<string, Tensor>();
  for (const [name, tensor] of graph.initializers) {
    const size = Math.sqrt(1 / Math.max(1, tensor.data.length / (tensor.dims[0] ?? 1)));
    const data = Float32Array.from({ length: tensor.data.length }, () => {
      if (/running_var$|bn.*weight$|downsample.1.weight$/.test(name)) return 0.5 + random.uniform();
      return size * random.normal();
    });
    initializers.set(name, { type: "float32", dims: tensor.dims, data });
  }
  return { ...graph, initializers };
}

/** Every constant under a name that says nothing. */
export function renamed(graph: Graph): Graph {
  const names = new Map([...graph.initializers.keys()].map((name, at) => [name, `onnx::${at}`]));
  return {
    ...graph,
    name: "main_graph",
    initializers: new Map([...graph.initializers].map(([name, t]) => [names.get(name)!, t])),
    nodes: graph.nodes.map((node) => ({
      ...node,
      inputs: node.inputs.map((input) => names.get(input) ?? input),
    })),
  };
}

/** Each shortcut before the block that it belongs to, as exporters do that visit inputs the other way. */
export function shortcutsFirst(graph: Graph): Graph {
  const isShortcut = ({ name }: GraphNode) => name.includes("downsample");
  const blockOf = ({ name }: GraphNode) => name.split(".").slice(0, 2).join(".");
  const nodes: GraphNode[] = [];
  for (const node of graph.nodes) {
    if (isShortcut(node)) continue;
    const isFirst = !nodes.some((other) => blockOf(other) === blockOf(node));
    if (isFirst) {
      nodes.push(
        ...graph.nodes.filter((other) => isShortcut(other) && blockOf(other) === blockOf(node)),
      );
    }
    nodes.push(node);
  }
  return { ...graph, nodes };
}

/** Dense layers as a product with the transposed matrix and a sum. */
export function withMatMul(graph: Graph): Graph {
  const builder = new GraphBuilder("matmul", { ...graph, nodes: [] });
  for (const node of graph.nodes) {
    if (node.op !== "Gemm") {
      builder.addNode(node);
      continue;
    }
    const [x, weight, bias] = node.inputs as [string, string, string];
    const { dims } = graph.initializers.get(weight)!;
    const data = valuesOf(graph, weight);
    const [out, fanIn] = dims as [number, number];
    const flipped = Float32Array.from(
      data,
      (_, i) => data[(i % out) * fanIn + Math.floor(i / out)]!,
    );
    builder.weight(weight, [fanIn, out], flipped);
    builder.add(node.outputs[0]!, "Add", [
      bias,
      builder.add(`${weight}/product`, "MatMul", [x, weight]),
    ]);
  }
  return builder.build();
}

/** Batch normalisations merged into the convolutions before them. */
export function merged(graph: Graph): Graph {
  const builder = new GraphBuilder("merged", { ...graph, nodes: [], initializers: new Map() });
  for (const node of graph.nodes) {
    if (node.op === "BatchNormalization") continue;
    const norm = graph.nodes.find(({ op, inputs }) =>
      op === "BatchNormalization" && inputs[0] === node.outputs[0]
    );
    if (!norm) {
      for (const input of node.inputs) {
        const tensor = graph.initializers.get(input);
        if (tensor) builder.constant(input, tensor);
      }
      builder.addNode(node);
      continue;
    }
    const [x, weight, bias] = node.inputs as [string, string, string?];
    const [scale, shift, mean, variance] = norm.inputs.slice(1)
      .map((name) => valuesOf(graph, name)) as [
        Float32Array,
        Float32Array,
        Float32Array,
        Float32Array,
      ];
    const factors = Float64Array.from(
      scale,
      (value, at) => value / Math.sqrt(variance[at]! + 1e-5),
    );
    const { dims } = graph.initializers.get(weight)!;
    const data = valuesOf(graph, weight);
    const each = data.length / dims[0]!;
    const product = Float32Array.from(
      data,
      (value, i) => value * factors[Math.floor(i / each)]!,
    );
    const old = bias ? valuesOf(graph, bias) : mean.map(() => 0);
    const sum = Float32Array.from(
      old,
      (value, at) => (value - mean[at]!) * factors[at]! + shift[at]!,
    );
    const inputs = [
      x,
      builder.weight(`${weight}/merged`, dims, product),
      builder.weight(`${weight}/bias`, [dims[0]!], sum),
    ];
    builder.addNode({ ...node, inputs, outputs: norm.outputs });
  }
  return builder.build();
}

function valuesOf(graph: Graph, name: string): Float32Array {
  const { data } = graph.initializers.get(name)!;
  return Float32Array.from({ length: data.length }, (_, at) => Number(data[at]));
}
