/**
 * Reading an ONNX file into a graph, with every defect named.
 *
 * @module
 */
import proto, { type onnx } from "onnx-proto";
import { messageOf, RunError } from "../base/mod.ts";
import type { Attribute, Graph, GraphNode, Tensor, ValueInfo } from "./graph.ts";
import { decodeTensor, type ReadExternal, typeOfCode } from "./tensor_proto.ts";
import { sortNodes } from "./topology.ts";

/**
 * @param bytes The file's content.
 * @param file Its name, for errors.
 * @param readExternal Where external weights come from; refused when absent.
 * @throws {RunError} When the file is truncated, empty or no ONNX model, has no output, is cyclic or
 * refers to values that nothing makes.
 */
export function readGraph(bytes: Uint8Array, file: string, readExternal?: ReadExternal): Graph {
  if (bytes.byteLength === 0) throw new RunError(`${file}: empty, wanted an ONNX model`);
  let model: onnx.IModelProto;
  try {
    model = proto.onnx.ModelProto.decode(bytes);
  } catch (error) {
    throw new RunError(
      `${file}: truncated or not an ONNX model: ${messageOf(error)}, ${bytes.byteLength} bytes`,
    );
  }
  const { graph } = model;
  if (!graph || !graph.node || graph.node.length === 0) {
    throw new RunError(`${file}: not an ONNX model: no graph with nodes found`);
  }
  if ((model.opsetImport ?? []).length === 0) {
    throw new RunError(`${file}: truncated or not an ONNX model: it names no operator set`);
  }
  const external = readExternal ?? ((location) => {
    throw new RunError(`${file}: external data "${location}" cannot be read from here`);
  });

  const initializers = new Map<string, Tensor>();
  for (const tensor of graph.initializer ?? []) {
    const name = tensor.name ?? "";
    initializers.set(name, decodeTensor(tensor, `${file}: initializer "${name}"`, external));
  }
  const inputs = (graph.input ?? [])
    .filter(({ name }) => !initializers.has(name ?? ""))
    .map((value) => valueInfo(value, file));
  const outputs = (graph.output ?? []).map((value) => valueInfo(value, file));
  if (outputs.length === 0) throw new RunError(`${file}: the graph has no output`);
  const nodes = graph.node.map((node, at) => graphNode(node, at, file, external));
  return {
    name: graph.name ?? "",
    irVersion: Number(model.irVersion ?? 0),
    opsets: new Map(
      (model.opsetImport ?? []).map(({ domain, version }) => [domain ?? "", Number(version)]),
    ),
    inputs,
    outputs,
    nodes: sortNodes(nodes, inputs, outputs, initializers, file),
    initializers,
  };
}

function valueInfo({ name, type }: onnx.IValueInfoProto, file: string): ValueInfo {
  const elementType = typeOfCode(type?.tensorType?.elemType);
  if (!elementType) {
    throw new RunError(
      `${file}: "${name}" is no tensor of a supported element type ` +
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

function graphNode(
  node: onnx.INodeProto,
  at: number,
  file: string,
  external: ReadExternal,
): GraphNode {
  const name = node.name || `${node.opType}_${at}`;
  const attributes = new Map<string, Attribute>();
  for (const attribute of node.attribute ?? []) {
    const value = attributeValue(attribute, `${file}: node "${name}"`, external);
    if (value) attributes.set(attribute.name ?? "", value);
  }
  return {
    name,
    op: node.opType ?? "",
    domain: node.domain ?? "",
    inputs: node.input ?? [],
    outputs: node.output ?? [],
    attributes,
  };
}

function attributeValue(
  attribute: onnx.IAttributeProto,
  where: string,
  external: ReadExternal,
): Attribute | undefined {
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  switch (attribute.type) {
    case 1:
      return { kind: "float", value: attribute.f ?? 0 };
    case 2:
      return { kind: "int", value: Number(attribute.i ?? 0) };
    case 3:
      return { kind: "string", value: text(attribute.s ?? new Uint8Array()) };
    case 4: {
      const value = decodeTensor(
        attribute.t ?? {},
        `${where}, attribute "${attribute.name}"`,
        external,
      );
      return { kind: "tensor", value };
    }
    case 6:
      return { kind: "floats", value: attribute.floats ?? [] };
    case 7:
      return { kind: "ints", value: (attribute.ints ?? []).map(Number) };
    case 8:
      return { kind: "strings", value: (attribute.strings ?? []).map(text) };
    default:
      throw new RunError(
        `${where}: attribute "${attribute.name}" has kind ${attribute.type}, which is not ` +
          "supported (graphs inside nodes, sparse tensors)",
      );
  }
}
