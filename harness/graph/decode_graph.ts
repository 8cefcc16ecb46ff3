/**
 * Graphs, nodes and attributes from ONNX's protobuf to plain values.
 *
 * @module
 */
import type { onnx } from "onnx-proto";
import { RunError } from "../base/mod.ts";
import type { Attribute, GraphBody, GraphNode, Tensor, ValueInfo } from "./graph.ts";
import { decodeTensor, type ReadExternal, typeOfCode } from "./tensor_proto.ts";
import { sortNodes } from "./topology.ts";

/** Where a graph comes from and what it may use. */
export interface DecodeContext {
  /** File, and node of a body, for errors. */
  readonly place: string;
  readonly readExternal: ReadExternal;
  /** Values of the graphs around this one. */
  readonly outer: ReadonlySet<string>;
}

/**
 * @throws {RunError} When the graph has no output, is cyclic, makes a value twice or uses one that
 * nothing makes, or when a tensor or attribute is broken; names the place.
 */
export function decodeGraph(graph: onnx.IGraphProto, context: DecodeContext): GraphBody {
  const { place, readExternal, outer } = context;
  const initializers = new Map<string, Tensor>();
  for (const tensor of graph.initializer ?? []) {
    const name = tensor.name ?? "";
    const where = `${place}: initializer "${name}"`;
    if (initializers.has(name)) throw new RunError(`${where} exists twice`);
    initializers.set(name, decodeTensor(tensor, where, readExternal));
  }
  const inputs = (graph.input ?? [])
    .filter(({ name }) => !initializers.has(name ?? ""))
    .map((value) => valueInfo(value, place));
  const outputs = (graph.output ?? []).map((value) => valueInfo(value, place));
  if (outputs.length === 0) throw new RunError(`${place}: the graph has no output`);
  const protos = graph.node ?? [];
  const within = { ...context, outer: visible(outer, inputs, initializers, protos) };
  const nodes = protos.map((node, at) => graphNode(node, at, within));
  return {
    name: graph.name ?? "",
    inputs,
    outputs,
    nodes: sortNodes({ inputs, outputs, nodes, initializers }, place, outer),
    initializers,
  };
}

/** What the bodies of control-flow nodes can use; the set is only made where there is such a node. */
function visible(
  outer: ReadonlySet<string>,
  inputs: readonly ValueInfo[],
  initializers: ReadonlyMap<string, Tensor>,
  nodes: readonly onnx.INodeProto[],
): ReadonlySet<string> {
  if (!nodes.some(({ attribute }) => attribute?.some(({ g }) => g))) return outer;
  return new Set([
    ...outer,
    ...inputs.map(({ name }) => name),
    ...initializers.keys(),
    ...nodes.flatMap(({ output }) => output ?? []),
  ]);
}

function valueInfo({ name, type }: onnx.IValueInfoProto, place: string): ValueInfo {
  const elementType = typeOfCode(type?.tensorType?.elemType);
  if (!elementType) {
    throw new RunError(
      `${place}: "${name}" is no tensor of a supported element type ` +
        `(type ${type?.tensorType?.elemType ?? "missing"})`,
    );
  }
  const shape = type?.tensorType?.shape?.dim?.map(({ dimValue, dimParam }) => {
    if (dimParam) return dimParam;
    const size = Number(dimValue ?? 0);
    return size > 0 ? size : null;
  });
  return { name: name ?? "", type: elementType, shape };
}

function graphNode(node: onnx.INodeProto, at: number, context: DecodeContext): GraphNode {
  const name = node.name || `${node.opType}_${at}`;
  const within = { ...context, place: `${context.place}: node "${name}"` };
  return {
    name,
    op: node.opType ?? "",
    domain: node.domain ?? "",
    inputs: node.input ?? [],
    outputs: node.output ?? [],
    attributes: new Map(
      (node.attribute ?? []).map((one) => [one.name ?? "", attributeValue(one, within)]),
    ),
  };
}

function attributeValue(attribute: onnx.IAttributeProto, context: DecodeContext): Attribute {
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  const place = `${context.place}, attribute "${attribute.name}"`;
  switch (attribute.type) {
    case 1:
      return { kind: "float", value: attribute.f ?? 0 };
    case 2:
      return { kind: "int", value: Number(attribute.i ?? 0) };
    case 3:
      return { kind: "string", value: text(attribute.s ?? new Uint8Array()) };
    case 4:
      return {
        kind: "tensor",
        value: decodeTensor(attribute.t ?? {}, place, context.readExternal),
      };
    case 5:
      return { kind: "graph", value: decodeGraph(attribute.g ?? {}, { ...context, place }) };
    case 6:
      return { kind: "floats", value: attribute.floats ?? [] };
    case 7:
      return { kind: "ints", value: (attribute.ints ?? []).map(Number) };
    case 8:
      return { kind: "strings", value: (attribute.strings ?? []).map(text) };
    default:
      throw new RunError(
        `${place} has kind ${attribute.type}, which is not supported (lists of tensors or graphs, ` +
          "sparse tensors, types)",
      );
  }
}
