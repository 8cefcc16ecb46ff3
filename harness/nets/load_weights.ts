/**
 * The weights of one file in another graph of the same architecture.
 *
 * @module
 */
import { RunError } from "../base/mod.ts";
import type { Graph, GraphNode, Tensor } from "../graph/mod.ts";
import {
  type LayerTensor,
  type Role,
  shapeOf,
  type WeightedLayer,
  weightedLayers,
} from "./weighted_layers.ts";

/** So many differences are listed in an error. */
const LISTED = 10;

/** Epsilon of ONNX's batch normalisation where none is given. */
const EPSILON = 1e-5;

/**
 * A graph with the weights of another of the same architecture, from any exporter.
 *
 * Layers correspond by the names of their weights when the file has all of these, else by their order
 * along the network (see {@link weightedLayers}). Dense layers may be Gemm or MatMul with Add, their
 * matrices stored either way round. Strides, dilations, groups and paddings of the convolutions must
 * agree; activations and poolings are not compared, and channels must come before rows and columns.
 *
 * Where the file has merged a batch normalisation into the convolution before it, the convolution's
 * bias becomes the shift and the rest of the normalisation is set to do nothing: mean 0, scale 1,
 * variance 1 - epsilon. Outputs are then the file's, but the running statistics are not those of the
 * data: use such a network as it is, or keep its normalisations frozen in training.
 *
 * @param graph The network to fill; it is not changed.
 * @param from The network with the weights, which may share memory with the result.
 * @throws {RunError} When the two do not match; lists the tensors that are of another shape, missing or
 * left over.
 */
export function loadWeights(graph: Graph, from: Graph): Graph {
  const wanted = weightedLayers(graph);
  const given = weightedLayers(from);
  const { pairs, missing, extra } = correspondence(wanted, given);
  const differences = wanted.length === given.length
    ? []
    : [`found ${given.length} layers with weights, wanted ${wanted.length}`];
  const initializers = new Map(graph.initializers);
  const epsilons = new Map<GraphNode, number>();
  for (const { to, source } of pairs) {
    differences.push(...differentWindow(to.node, source.node));
    const tensors = unmerged(to, source);
    for (const [role, target] of to.tensors) {
      const found = tensors.get(role);
      const difference = differenceOf(role, target, found);
      if (difference) differences.push(difference);
      else initializers.set(target.name, inLayoutOf(target, found!));
    }
    for (const [role, tensor] of tensors) {
      if (!to.tensors.has(role)) differences.push(leftOver(role, tensor));
    }
    if (to.norm && source.norm) epsilons.set(to.norm, epsilonOf(source.norm));
  }
  for (const { tensors } of missing) {
    for (const [role, tensor] of tensors) differences.push(differenceOf(role, tensor, undefined)!);
  }
  for (const { tensors } of extra) {
    for (const [role, tensor] of tensors) differences.push(leftOver(role, tensor));
  }
  if (differences.length > 0) {
    const listed = differences.slice(0, LISTED).join("; ");
    const more = differences.length - LISTED;
    throw new RunError(
      `Cannot load the weights of ${from.name} into ${graph.name}: ${listed}` +
        (more > 0 ? `; and ${more} more` : ""),
    );
  }
  return {
    ...graph,
    initializers,
    nodes: graph.nodes.map((node) => withEpsilon(node, epsilons.get(node))),
  };
}

interface Pair {
  readonly to: WeightedLayer;
  readonly source: WeightedLayer;
}

/** Which layer of the file belongs to which of the graph: by name if all are found, else in order. */
function correspondence(wanted: readonly WeightedLayer[], given: readonly WeightedLayer[]) {
  const byName = new Map(given.map((layer) => [nameOf(layer), layer]));
  const named = wanted.every((layer) => byName.has(nameOf(layer)));
  const sources = named ? wanted.map((layer) => byName.get(nameOf(layer))) : given;
  const pairs = wanted.flatMap((to, at): Pair[] => {
    const source = sources[at];
    return source ? [{ to, source }] : [];
  });
  const used = new Set(pairs.map(({ source }) => source));
  return {
    pairs,
    missing: wanted.slice(pairs.length),
    extra: given.filter((layer) => !used.has(layer)),
  };
}

function nameOf({ tensors }: WeightedLayer): string | undefined {
  return (tensors.get("weight") ?? tensors.get("scale"))?.name;
}

/** The tensors of the file's layer, with the normalisation that was merged into its bias. */
function unmerged(to: WeightedLayer, source: WeightedLayer): ReadonlyMap<Role, LayerTensor> {
  const bias = source.tensors.get("bias");
  if (!to.norm || source.norm || !bias) return source.tensors;
  const { name, tensor: { data: { length } } } = bias;
  const filled = (value: number): LayerTensor => ({
    name,
    tensor: { type: "float32", dims: [length], data: new Float32Array(length).fill(value) },
    transposed: false,
  });
  const tensors = new Map(source.tensors);
  tensors.delete("bias");
  if (to.tensors.has("bias")) tensors.set("bias", filled(0));
  return tensors.set("scale", filled(1)).set("shift", bias).set("mean", filled(0))
    .set("variance", filled(1 - epsilonOf(to.norm)));
}

/** How a tensor of the file differs from the wanted one; undefined when it fits. */
function differenceOf(
  role: Role,
  target: LayerTensor,
  found: LayerTensor | undefined,
): string | undefined {
  const wanted = `${target.tensor.type} [${shapeOf(role, target).join(", ")}]`;
  if (!found) return `"${target.name}" is missing, wanted ${wanted}`;
  const has = `${found.tensor.type} [${shapeOf(role, found).join(", ")}]`;
  const isOther = found.name === target.name ? "" : ` "${found.name}",`;
  return has === wanted ? undefined : `"${target.name}" is${isOther} ${has}, wanted ${wanted}`;
}

function leftOver(role: Role, tensor: LayerTensor): string {
  return `"${tensor.name}" [${shapeOf(role, tensor).join(", ")}] is left over`;
}

/** The values of one tensor, arranged like another. */
function inLayoutOf({ tensor: { dims }, transposed }: LayerTensor, found: LayerTensor): Tensor {
  const { tensor } = found;
  if (transposed === found.transposed) return { ...tensor, dims };
  const [rows, columns] = tensor.dims as [number, number];
  const data = new Float32Array(rows * columns);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      data[column * rows + row] = Number(tensor.data[row * columns + column]);
    }
  }
  return { type: "float32", dims, data };
}

/** The settings of a convolution that differ; equal weights give other outputs with other strides. */
function differentWindow(to: GraphNode, source: GraphNode): string[] {
  const a = windowOf(to);
  const b = windowOf(source);
  return Object.keys(a).flatMap((key) => {
    const [wanted, found] = [a[key], b[key]];
    if (wanted === undefined || found === undefined || wanted === found) return [];
    return [`"${to.name}" has ${key} [${found}] in the file, wanted [${wanted}]`];
  });
}

function windowOf(node: GraphNode): Readonly<Record<string, string | undefined>> {
  if (node.op !== "Conv") return {};
  const read = (name: string, otherwise: number, count: number) => {
    const attribute = node.attributes.get(name);
    const isList = attribute?.kind === "ints";
    return (isList ? attribute.value : new Array<number>(count).fill(otherwise)).join(", ");
  };
  const automatic = node.attributes.get("auto_pad");
  const isGiven = automatic?.kind !== "string" || automatic.value === "NOTSET";
  const group = node.attributes.get("group");
  return {
    strides: read("strides", 1, 2),
    dilations: read("dilations", 1, 2),
    pads: isGiven ? read("pads", 0, 4) : undefined,
    group: String(group?.kind === "int" ? group.value : 1),
  };
}

function epsilonOf(norm: GraphNode): number {
  const attribute = norm.attributes.get("epsilon");
  return attribute?.kind === "float" ? attribute.value : EPSILON;
}

function withEpsilon(node: GraphNode, epsilon: number | undefined): GraphNode {
  if (epsilon === undefined || epsilon === epsilonOf(node)) return node;
  const attributes = new Map(node.attributes).set("epsilon", { kind: "float", value: epsilon });
  return { ...node, attributes };
}
