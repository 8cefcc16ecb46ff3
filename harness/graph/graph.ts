/**
 * An ONNX model as plain values: nothing here knows the file format or a runtime.
 *
 * @module
 */

/** The element types that the program reads and writes. */
export type DataType =
  | "float32"
  | "float64"
  | "float16"
  | "int64"
  | "int32"
  | "int8"
  | "uint8"
  | "bool";

/** A constant tensor, row-major. float16 keeps its raw 16-bit words. */
export interface Tensor {
  readonly type: DataType;
  readonly dims: readonly number[];
  readonly data:
    | Float32Array
    | Float64Array
    | Uint16Array
    | BigInt64Array
    | Int32Array
    | Int8Array
    | Uint8Array;
}

/** An attribute of a node. Integers beyond 2^53 are rounded, except the largest and smallest int64. */
export type Attribute =
  | { readonly kind: "int"; readonly value: number }
  | { readonly kind: "float"; readonly value: number }
  | { readonly kind: "string"; readonly value: string }
  | { readonly kind: "ints"; readonly value: readonly number[] }
  | { readonly kind: "floats"; readonly value: readonly number[] }
  | { readonly kind: "strings"; readonly value: readonly string[] }
  | { readonly kind: "tensor"; readonly value: Tensor }
  | { readonly kind: "graph"; readonly value: GraphBody };

/** One operation. An empty input or output name means: not given. */
export interface GraphNode {
  readonly name: string;
  readonly op: string;
  /** Operator set; empty for the standard one. */
  readonly domain: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes: ReadonlyMap<string, Attribute>;
}

/** An input or output: its name, element type and shape. */
export interface ValueInfo {
  readonly name: string;
  readonly type: DataType;
  /** A free dimension is a name or null; undefined where not even the rank is known. */
  readonly shape: readonly (number | string | null)[] | undefined;
}

/**
 * Nodes in an order in which they can run. The body of a control-flow node (If, Loop, Scan) may also
 * use values of the graph around it.
 */
export interface GraphBody {
  readonly name: string;
  /** Inputs that must be fed (initializers not among them). */
  readonly inputs: readonly ValueInfo[];
  readonly outputs: readonly ValueInfo[];
  readonly nodes: readonly GraphNode[];
  readonly initializers: ReadonlyMap<string, Tensor>;
}

/** A model. */
export interface Graph extends GraphBody {
  readonly irVersion: number;
  /** Version of each operator set, by domain; the standard one is "". */
  readonly opsets: ReadonlyMap<string, number>;
  /** What the maker of the file noted, by key. */
  readonly metadata: ReadonlyMap<string, string>;
}

/** Number of weights: elements of all floating-point initializers. */
export function parameterCount(graph: Graph): number {
  let count = 0;
  for (const { type, data } of graph.initializers.values()) {
    if (type === "float32" || type === "float64" || type === "float16") count += data.length;
  }
  return count;
}

/** An integer as an attribute. */
export function int(value: number): Attribute {
  return { kind: "int", value };
}

/** A list of integers as an attribute. */
export function ints(value: readonly number[]): Attribute {
  return { kind: "ints", value };
}

/** An integer attribute, or a default where the node does not have it. */
export function intAttribute(node: GraphNode, name: string, otherwise: number): number {
  const attribute = node.attributes.get(name);
  return attribute?.kind === "int" ? attribute.value : otherwise;
}

/** A list attribute, or undefined where the node does not have it. */
export function intsAttribute(node: GraphNode, name: string): readonly number[] | undefined {
  const attribute = node.attributes.get(name);
  return attribute?.kind === "ints" ? attribute.value : undefined;
}
