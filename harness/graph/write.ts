/**
 * Writing a graph as an ONNX file.
 *
 * @module
 */
import proto, { type onnx } from "onnx-proto";
import type { Attribute, Graph, GraphNode, ValueInfo } from "./graph.ts";
import { encodeTensor, typeCode } from "./tensor_proto.ts";

/** The serialised ONNX model. */
export function writeGraph(graph: Graph): Uint8Array {
  const model: onnx.IModelProto = {
    irVersion: graph.irVersion,
    producerName: "reproduction harness",
    opsetImport: [...graph.opsets].map(([domain, version]) => ({ domain, version })),
    graph: {
      name: graph.name,
      input: graph.inputs.map(valueInfo),
      output: graph.outputs.map(valueInfo),
      node: graph.nodes.map(nodeProto),
      initializer: [...graph.initializers].map(([name, tensor]) => encodeTensor(name, tensor)),
    },
  };
  return proto.onnx.ModelProto.encode(model).finish();
}

function valueInfo({ name, type, shape }: ValueInfo): onnx.IValueInfoProto {
  const dim = shape?.map((size) =>
    typeof size === "number" ? { dimValue: size } : size === null ? {} : { dimParam: size }
  );
  const tensorType = { elemType: typeCode(type), ...(dim && { shape: { dim } }) };
  return { name, type: { tensorType } };
}

function nodeProto({ name, op, domain, inputs, outputs, attributes }: GraphNode): onnx.INodeProto {
  return {
    name,
    opType: op,
    domain,
    input: [...inputs],
    output: [...outputs],
    attribute: [...attributes].map(([key, value]) => ({ name: key, ...attributeProto(value) })),
  };
}

function attributeProto(attribute: Attribute): onnx.IAttributeProto {
  const bytes = (text: string) => new TextEncoder().encode(text);
  switch (attribute.kind) {
    case "float":
      return { type: 1, f: attribute.value };
    case "int":
      return { type: 2, i: attribute.value };
    case "string":
      return { type: 3, s: bytes(attribute.value) };
    case "tensor":
      return { type: 4, t: encodeTensor("", attribute.value) };
    case "floats":
      return { type: 6, floats: [...attribute.value] };
    case "ints":
      return { type: 7, ints: [...attribute.value] };
    case "strings":
      return { type: 8, strings: attribute.value.map(bytes) };
  }
}
