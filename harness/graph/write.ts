/**
 * Writing a graph as an ONNX file.
 *
 * @module
 */
import proto, { type onnx } from "onnx-proto";
import type { Attribute, Graph, GraphBody, GraphNode, ValueInfo } from "./graph.ts";
import { encodeTensor, typeCode } from "./tensor_proto.ts";

/** The serialised ONNX model. */
export function writeGraph(graph: Graph): Uint8Array {
  const model: onnx.IModelProto = {
    irVersion: graph.irVersion,
    producerName: "reproduction harness",
    opsetImport: [...graph.opsets].map(([domain, version]) => ({ domain, version })),
    metadataProps: [...graph.metadata].map(([key, value]) => ({ key, value })),
    graph: graphProto(graph),
  };
  return proto.onnx.ModelProto.encode(model).finish();
}

function graphProto({ name, inputs, outputs, nodes, initializers }: GraphBody): onnx.IGraphProto {
  return {
    name,
    input: inputs.map(valueInfo),
    output: outputs.map(valueInfo),
    node: nodes.map(nodeProto),
    initializer: [...initializers].map(([key, tensor]) => encodeTensor(key, tensor)),
  };
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
      return { type: 2, i: int64(attribute.value) };
    case "string":
      return { type: 3, s: bytes(attribute.value) };
    case "tensor":
      return { type: 4, t: encodeTensor("", attribute.value) };
    case "graph":
      return { type: 5, g: graphProto(attribute.value) };
    case "floats":
      return { type: 6, floats: [...attribute.value] };
    case "ints":
      return { type: 7, ints: attribute.value.map(int64) };
    case "strings":
      return { type: 8, strings: attribute.value.map(bytes) };
  }
}

/** The protobuf of an attribute that holds the largest int64, "to the end" in slices. */
const LARGEST = Uint8Array.of(0x18, ...new Array(8).fill(0xff), 0x7f);

/** As a number the largest int64 is 2^63, which protobuf's encoder turns into the smallest one. */
function int64(value: number) {
  return value >= 2 ** 63 ? proto.onnx.AttributeProto.decode(LARGEST).i : value;
}
