/**
 * The layers of a graph that have weights, whatever its exporter calls them and however it stores them.
 *
 * @module
 */
import { RunError } from "../base/mod.ts";
import {
  consumersOf,
  type Graph,
  type GraphNode,
  intAttribute,
  producersOf,
  type Tensor,
  usedBy,
} from "../graph/mod.ts";

/** What a tensor does in its layer; the last four belong to batch normalisation. */
export type Role = "weight" | "bias" | "scale" | "shift" | "mean" | "variance";

/** A constant of a graph. */
export interface LayerTensor {
  readonly name: string;
  readonly tensor: Tensor;
  /** Whether a matrix is stored as [in, out]. */
  readonly transposed: boolean;
}

/** A convolution or dense layer with its bias and normalisation, or a normalisation of anything else. */
export interface WeightedLayer {
  readonly node: GraphNode;
  /** The normalisation, which is the node itself where it follows no layer. */
  readonly norm: GraphNode | undefined;
  readonly tensors: ReadonlyMap<Role, LayerTensor>;
}

interface Surroundings {
  readonly graph: Graph;
  /** The node that alone uses a node's output, when it is of that kind. */
  readonly onlyConsumer: (node: GraphNode, op: string) => GraphNode | undefined;
  readonly constant: (name: string | undefined) => Omit<LayerTensor, "transposed"> | undefined;
}

/**
 * The layers by depth; at equal depth (the shortcut of a residual block beside its first convolution) by
 * the shape of their weights, then in the order of the graph.
 *
 * @throws {RunError} When a dense layer scales its product or transposes its input.
 */
export function weightedLayers(graph: Graph): WeightedLayer[] {
  const surroundings = surroundingsOf(graph);
  const depths = new Map<string, number>();
  const normalised = new Set<GraphNode>();
  const found: { layer: WeightedLayer; depth: number; shape: string }[] = [];
  for (const node of graph.nodes) {
    const layer = normalised.has(node) ? undefined : layerAt(node, surroundings);
    if (layer?.norm) normalised.add(layer.norm);
    const before = Math.max(0, ...[...usedBy(node)].map((value) => depths.get(value) ?? 0));
    const depth = before + (layer ? 1 : 0);
    for (const output of node.outputs) depths.set(output, depth);
    if (!layer) continue;
    const [first] = layer.tensors;
    found.push({ layer, depth, shape: first ? String(shapeOf(...first)) : "" });
  }
  return found
    .sort((a, b) => a.depth - b.depth || a.shape.localeCompare(b.shape))
    .map(({ layer }) => layer);
}

/** Shape of the weights as [out, in, ...]; all other tensors of a layer have one value a channel. */
export function shapeOf(role: Role, { tensor, transposed }: LayerTensor): readonly number[] {
  if (role !== "weight") return [tensor.data.length];
  return transposed ? tensor.dims.toReversed() : tensor.dims;
}

function surroundingsOf(graph: Graph): Surroundings {
  const producers = producersOf(graph.nodes);
  const consumers = consumersOf(graph.nodes);
  const constant: Surroundings["constant"] = (name = "") => {
    const tensor = graph.initializers.get(name);
    if (tensor) return { name, tensor };
    const producer = producers.get(name);
    if (producer?.op === "Identity") return constant(producer.inputs[0]);
    const value = producer?.op === "Constant" ? producer.attributes.get("value") : undefined;
    return value?.kind === "tensor" ? { name, tensor: value.value } : undefined;
  };
  const onlyConsumer = ({ outputs }: GraphNode, op: string) => {
    const [next, ...others] = consumers.get(outputs[0]!) ?? [];
    return next?.op === op && others.length === 0 ? next : undefined;
  };
  return { graph, constant, onlyConsumer };
}

function layerAt(node: GraphNode, surroundings: Surroundings): WeightedLayer | undefined {
  if (node.op === "Conv" || node.op === "Gemm" || node.op === "MatMul") {
    return productAt(node, surroundings);
  }
  if (node.op !== "BatchNormalization") return undefined;
  return { node, norm: node, tensors: new Map(normalisation(node, surroundings)) };
}

/** A convolution or a product with a matrix, with the bias and the normalisation that follow. */
function productAt(node: GraphNode, surroundings: Surroundings): WeightedLayer | undefined {
  const { graph, constant, onlyConsumer } = surroundings;
  const weight = constant(node.inputs[1]);
  if (!weight) return undefined;
  if (node.op === "Gemm") refuseScaled(graph, node);
  const transposed = node.op !== "Conv" && intAttribute(node, "transB", 0) === 0;
  const tensors = new Map<Role, LayerTensor>([["weight", { ...weight, transposed }]]);
  const [channels] = shapeOf("weight", { ...weight, transposed });
  let end = node;
  let bias = constant(node.inputs[2]);
  const sum = bias ? undefined : onlyConsumer(node, "Add");
  if (sum) {
    // One value a channel: [C, 1, 1] after a convolution, [C] after a product, or with a leading 1.
    const wanted = node.op === "Conv" ? [channels, 1, 1] : [channels];
    bias = sum.inputs.map(constant).find((addend) =>
      addend && [String(wanted), String([1, ...wanted])].includes(String(addend.tensor.dims))
    );
    if (bias) end = sum;
  }
  if (bias) tensors.set("bias", { ...bias, transposed: false });
  const norm = onlyConsumer(end, "BatchNormalization");
  if (norm) {
    for (const [role, tensor] of normalisation(norm, surroundings)) tensors.set(role, tensor);
  }
  return { node, norm, tensors };
}

function normalisation(
  { inputs }: GraphNode,
  { constant }: Surroundings,
): [Role, LayerTensor][] {
  const roles = ["scale", "shift", "mean", "variance"] as const;
  return roles.flatMap((role, at): [Role, LayerTensor][] => {
    const found = constant(inputs[at + 1]);
    return found ? [[role, { ...found, transposed: false }]] : [];
  });
}

function refuseScaled({ name }: Graph, node: GraphNode): void {
  const factor = (attribute: string) => {
    const found = node.attributes.get(attribute);
    return found?.kind === "float" ? found.value : 1;
  };
  if (factor("alpha") === 1 && factor("beta") === 1 && intAttribute(node, "transA", 0) === 0) {
    return;
  }
  throw new RunError(
    `${name}: node "${node.name}" scales its product or transposes its input, wanted a plain dense layer`,
  );
}
