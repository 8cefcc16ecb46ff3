/**
 * The untrained twin of a trained network: the same graph with weights as before the first step.
 *
 * @module
 */
import { type RandomStream, randomStream, RunError } from "../base/mod.ts";
import { depthsOf } from "./depth.ts";
import type { Graph, GraphNode, Tensor } from "./graph.ts";
import { type InitialTensor, initialTensor } from "./initial_tensor.ts";
import { producersOf } from "./topology.ts";

/** A twin, and how much of it was drawn. */
export interface UntrainedTwin {
  readonly graph: Graph;
  /** Weights drawn at random. */
  readonly drawn: number;
  /** Biases, scales and batch statistics set to where training starts. */
  readonly reset: number;
  /** Other numbers of float32, left as they are. */
  readonly kept: number;
}

/**
 * Draws the weights of convolutions and dense layers anew, normal with variance 2 / fan-in (He et al.
 * 2015, Equation 10), and learned additions such as positions of tokens with deviation 0.02, as vision
 * transformers do. Biases become 0, scales 1, batch statistics mean 0 and variance 1. All else stays:
 * single numbers, tensors before the first layer with weights, weights that are stored in integers,
 * float16 or reach their layer through other operations than Identity and Transpose. A weight that two
 * layers share is drawn once.
 *
 * @throws {RunError} When the graph has no weights that can be drawn.
 */
export function untrainedTwin(graph: Graph, seed: number): UntrainedTwin {
  const lifted = liftConstants(graph);
  const depths = depthsOf(lifted);
  const producers = producersOf(lifted.nodes);
  const roles = new Map<string, InitialTensor>();
  for (const node of lifted.nodes) {
    for (const [at, input] of node.inputs.entries()) {
      const weight = weightBehind(input, lifted, producers);
      if (!weight || roles.has(weight.name)) continue;
      const role = initialTensor(node, at, weight.dims, depths);
      if (role) roles.set(weight.name, role);
    }
  }
  const initializers = new Map<string, Tensor>();
  const counts = { drawn: 0, reset: 0, kept: 0 };
  for (const [name, tensor] of lifted.initializers) {
    const role = roles.get(name);
    if (role) initializers.set(name, drawTensor(tensor, role, seed, name));
    else initializers.set(name, tensor);
    if (role) counts["deviation" in role ? "drawn" : "reset"] += tensor.data.length;
    else if (tensor.type === "float32") counts.kept += tensor.data.length;
  }
  if (counts.drawn === 0) {
    throw new RunError(
      `${graph.name}: no untrained twin: none of its layers has float32 weights that can be drawn anew`,
    );
  }
  return { graph: { ...lifted, initializers }, ...counts };
}

function drawTensor(
  { dims, data }: Tensor,
  role: InitialTensor,
  seed: number,
  name: string,
): Tensor {
  const values = new Float32Array(data.length);
  if ("value" in role) values.fill(role.value);
  else fillNormal(values, role.deviation, randomStream(seed, "untrained twin", name));
  return { type: "float32", dims, data: values };
}

function fillNormal(values: Float32Array, deviation: number, random: RandomStream): void {
  for (let i = 0; i < values.length; i++) values[i] = deviation * random.normal();
}

/** Constant nodes of float32 become initializers: some exporters keep weights in them. */
function liftConstants(graph: Graph): Graph {
  const initializers = new Map(graph.initializers);
  const nodes = graph.nodes.filter(({ op, outputs, attributes }) => {
    const value = attributes.get("value");
    if (op !== "Constant" || value?.kind !== "tensor" || value.value.type !== "float32") {
      return true;
    }
    initializers.set(outputs[0]!, value.value);
    return false;
  });
  return { ...graph, nodes, initializers };
}

/** The float32 initializer that a value is, with the dimensions in which it arrives. */
function weightBehind(
  value: string,
  { initializers }: Graph,
  producers: ReadonlyMap<string, GraphNode>,
): { name: string; dims: readonly number[] } | undefined {
  const rearranged: GraphNode[] = [];
  let name = value;
  for (let maker = producers.get(name); maker; maker = producers.get(name)) {
    if (maker.op !== "Identity" && maker.op !== "Transpose") return undefined;
    rearranged.unshift(maker);
    name = maker.inputs[0]!;
  }
  const tensor = initializers.get(name);
  if (tensor?.type !== "float32") return undefined;
  return { name, dims: rearranged.reduce(afterNode, tensor.dims) };
}

function afterNode(dims: readonly number[], { op, attributes }: GraphNode): readonly number[] {
  if (op === "Identity") return dims;
  const perm = attributes.get("perm");
  return perm?.kind === "ints" ? perm.value.map((from) => dims[from]!) : dims.toReversed();
}
