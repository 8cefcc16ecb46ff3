import { type GraphNode, intAttribute, intsAttribute } from "../../graph.ts";
import type { Tensor64 } from "./tensor64.ts";

/** What one node computes: its outputs in order. */
export type Operator = (call: Call) => readonly Tensor64[];

/** One node with the values of its inputs. */
export class Call {
  readonly node: GraphNode;
  readonly inputs: readonly (Tensor64 | undefined)[];

  constructor(node: GraphNode, inputs: readonly (Tensor64 | undefined)[]) {
    this.node = node;
    this.inputs = inputs;
  }

  /** @throws {RangeError} When it is not given. */
  input(at: number): Tensor64 {
    const input = this.inputs[at];
    if (!input) throw new RangeError(`input ${at} is not given`);
    return input;
  }

  /** All inputs of an operator with any number of them. */
  allInputs(): Tensor64[] {
    return this.inputs.map((_, at) => this.input(at));
  }

  /** An input as a list of integers. */
  integers(at: number): number[] | undefined {
    const input = this.inputs[at];
    return input && Array.from(input.data);
  }

  int(name: string, otherwise: number): number {
    return intAttribute(this.node, name, otherwise);
  }

  ints(name: string): readonly number[] | undefined {
    return intsAttribute(this.node, name);
  }

  /** ONNX keeps these as float32. */
  float(name: string, otherwise: number): number {
    const attribute = this.node.attributes.get(name);
    return Math.fround(attribute?.kind === "float" ? attribute.value : otherwise);
  }

  string(name: string, otherwise: string): string {
    const attribute = this.node.attributes.get(name);
    return attribute?.kind === "string" ? attribute.value : otherwise;
  }

  /** @throws {RangeError} When an attribute asks for something that is not written here. */
  require(name: string, found: string | number, ...wanted: (string | number)[]): void {
    if (!wanted.includes(found)) {
      throw new RangeError(`its ${name} is ${found}, wanted ${wanted.join(" or ")}`);
    }
  }
}
