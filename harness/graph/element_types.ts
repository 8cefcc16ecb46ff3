/**
 * The element type of every value, from the operators' definitions (ONNX operator schemas).
 *
 * @module
 */
import type { DataType, GraphBody, GraphNode } from "./graph.ts";
import { typeOfCode } from "./tensor_proto.ts";

type Types = ReadonlyMap<string, DataType>;

/** Operators whose first output has a type of its own. */
const FIXED = byOperator<DataType>({
  int64: ["Shape", "Size", "NonZero", "ArgMax", "ArgMin"],
  bool: [
    ...["Equal", "Greater", "GreaterOrEqual", "Less", "LessOrEqual"],
    ...["Not", "And", "Or", "Xor", "IsNaN", "IsInf"],
  ],
  int32: ["ConvInteger", "MatMulInteger"],
  uint8: ["DynamicQuantizeLinear"],
});

/** Operators whose further outputs have a type of their own. */
const FURTHER = byOperator<DataType>({
  int64: ["TopK", "MaxPool", "Unique"],
  bool: ["Dropout"],
});

/** Operators whose output has the type of another input than the first. */
const LIKE_INPUT = new Map([
  ["Where", 1],
  ["CastLike", 1],
  ["DequantizeLinear", 1],
  ["OneHot", 2],
  ["QuantizeLinear", 2],
  ["QLinearConv", 7],
  ["QLinearMatMul", 7],
]);

/**
 * @param outer Types of the values of the graph around this one.
 * @returns Type by name, without the values whose type this program does not know.
 */
export function elementTypes(graph: GraphBody, outer: Types = new Map()): Map<string, DataType> {
  const types = new Map(outer);
  for (const { name, type } of graph.inputs) types.set(name, type);
  for (const [name, { type }] of graph.initializers) types.set(name, type);
  for (const node of graph.nodes) {
    for (const [at, output] of node.outputs.entries()) {
      const type = outputType(node, at, types);
      if (type) types.set(output, type);
    }
  }
  return types;
}

function outputType(node: GraphNode, at: number, types: Types): DataType | undefined {
  const { op, inputs, attributes } = node;
  if (at > 0 && FURTHER.has(op)) return FURTHER.get(op);
  if (FIXED.has(op)) return FIXED.get(op);
  const input = types.get(inputs[LIKE_INPUT.get(op) ?? 0] ?? "");
  switch (op) {
    case "Cast": {
      const to = attributes.get("to");
      return to?.kind === "int" ? typeOfCode(to.value) : undefined;
    }
    case "QuantizeLinear":
      return input ?? "uint8";
    case "Constant":
    case "ConstantOfShape":
      return constantType(node) ?? (op === "ConstantOfShape" ? "float32" : undefined);
    case "If":
    case "Loop":
    case "Scan":
      return bodyType(node, at, types);
    default:
      return input;
  }
}

function constantType({ attributes }: GraphNode): DataType | undefined {
  for (const { kind, value } of attributes.values()) {
    if (kind === "tensor") return value.type;
    if (kind === "float" || kind === "floats") return "float32";
    if (kind === "int" || kind === "ints") return "int64";
  }
  return undefined;
}

/** A control-flow node makes what its body makes; the body of a loop first says whether to go on. */
function bodyType({ op, attributes }: GraphNode, at: number, types: Types): DataType | undefined {
  const body = attributes.get(op === "If" ? "then_branch" : "body");
  if (body?.kind !== "graph") return undefined;
  const output = body.value.outputs[op === "Loop" ? at + 1 : at];
  return output && (elementTypes(body.value, types).get(output.name) ?? output.type);
}

function byOperator<Key extends string>(
  operators: Readonly<Partial<Record<Key, readonly string[]>>>,
): ReadonlyMap<string, Key> {
  const entries = Object.entries(operators) as [Key, readonly string[]][];
  return new Map(entries.flatMap(([key, names]) => names.map((name) => [name, key])));
}
