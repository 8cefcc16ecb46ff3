/**
 * Building graphs operation by operation.
 *
 * @module
 */
import type { Attribute, Graph, GraphNode, Tensor, ValueInfo } from "./graph.ts";

/** Kernel, stride and padding of a sliding window, the same along both axes. */
export interface Window {
  readonly kernel: number;
  readonly stride?: number;
  readonly padding?: number;
}

/** The operator set that built graphs use. */
const OPSET = 17;

/** Collects nodes and weights; each method returns the name of the value that it makes. */
export class GraphBuilder {
  readonly #name: string;
  readonly #opset: number;
  readonly #inputs: ValueInfo[];
  readonly #outputs: ValueInfo[];
  readonly #nodes: GraphNode[];
  readonly #initializers: Map<string, Tensor>;

  /** @param start A graph to go on from; it is not changed. */
  constructor(name: string, start?: Graph) {
    this.#name = name;
    this.#opset = start?.opsets.get("") ?? OPSET;
    this.#inputs = [...start?.inputs ?? []];
    this.#outputs = [...start?.outputs ?? []];
    this.#nodes = [...start?.nodes ?? []];
    this.#initializers = new Map(start?.initializers);
  }

  /** Declares a float32 input; a string in the shape is a free dimension. */
  input(name: string, shape: readonly (number | string | null)[]): string {
    this.#inputs.push({ name, type: "float32", shape });
    return name;
  }

  /** Declares a float32 output. */
  output(name: string): void {
    this.#outputs.push({ name, type: "float32", shape: undefined });
  }

  /** Adds a float32 constant. */
  weight(name: string, dims: readonly number[], data: Float32Array): string {
    this.#initializers.set(name, { type: "float32", dims, data });
    return name;
  }

  /** Adds a constant of any type. */
  constant(name: string, tensor: Tensor): string {
    this.#initializers.set(name, tensor);
    return name;
  }

  /** Adds any operation with one output, named like the node. */
  add(
    name: string,
    op: string,
    inputs: readonly string[],
    attributes: Readonly<Record<string, Attribute>> = {},
  ): string {
    this.#nodes.push({
      name,
      op,
      domain: "",
      inputs,
      outputs: [name],
      attributes: new Map(Object.entries(attributes)),
    });
    return name;
  }

  /** Adds an operation with several outputs. */
  addNode(node: GraphNode): void {
    this.#nodes.push(node);
  }

  /** Convolution with weights `<name>.weight`, and `<name>.bias` where it has one. */
  conv(name: string, x: string, window: Window, bias: boolean): string {
    const inputs = [x, `${name}.weight`, ...(bias ? [`${name}.bias`] : [])];
    return this.add(`${name}.out`, "Conv", inputs, windowAttributes(window));
  }

  /** Dense layer y = x W^T + b with weights `<name>.weight` [out, in] and `<name>.bias`. */
  linear(name: string, x: string, output = `${name}.out`): string {
    const inputs = [x, `${name}.weight`, `${name}.bias`];
    return this.add(output, "Gemm", inputs, { transB: { kind: "int", value: 1 } });
  }

  /** Max pooling. */
  maxPool(name: string, x: string, window: Window): string {
    return this.add(name, "MaxPool", [x], windowAttributes(window));
  }

  /** The finished graph. */
  build(): Graph {
    return {
      name: this.#name,
      irVersion: 8,
      opsets: new Map([["", this.#opset]]),
      inputs: this.#inputs,
      outputs: this.#outputs,
      nodes: this.#nodes,
      initializers: this.#initializers,
      metadata: new Map(),
    };
  }
}

function windowAttributes(
  { kernel, stride = 1, padding = 0 }: Window,
): Record<string, Attribute> {
  return {
    kernel_shape: { kind: "ints", value: [kernel, kernel] },
    strides: { kind: "ints", value: [stride, stride] },
    pads: { kind: "ints", value: [padding, padding, padding, padding] },
  };
}
