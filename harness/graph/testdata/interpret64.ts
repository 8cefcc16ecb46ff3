/**
 * ONNX graphs in float64 by plain loops: slow and simple, the measure for what devices and gradient
 * rules give. Operators as in operator set 13 and newer (onnx.ai/onnx/operators).
 *
 * @module
 */
import { RunError } from "../../base/mod.ts";
import type { Graph, Tensor } from "../graph.ts";
import { Call, type Operator } from "./interpret64/call.ts";
import { ELEMENTWISE } from "./interpret64/elementwise.ts";
import { LAYOUT } from "./interpret64/layout.ts";
import { MATRICES } from "./interpret64/matrices.ts";
import { REDUCTIONS } from "./interpret64/reductions.ts";
import { sizeOf, type Tensor64 } from "./interpret64/tensor64.ts";
import { WINDOWS } from "./interpret64/windows.ts";

export type { Tensor64 } from "./interpret64/tensor64.ts";

/** The oldest operator set whose meanings the interpreter follows. */
const OLDEST_OPSET = 13;

const constant: Operator = ({ node }) => {
  for (const { kind, value } of node.attributes.values()) {
    if (kind === "tensor") return [tensor64(value)];
    if (kind === "int" || kind === "float") return [{ dims: [], data: Float64Array.of(value) }];
    if (kind === "ints" || kind === "floats") {
      return [{ dims: [value.length], data: Float64Array.from(value) }];
    }
  }
  throw new RangeError("it has no value");
};

const constantOfShape: Operator = (call) => {
  const value = call.node.attributes.get("value");
  const dims = call.integers(0)!;
  const filling = value?.kind === "tensor" ? Number(value.value.data[0]) : 0;
  return [{ dims, data: new Float64Array(sizeOf(dims)).fill(filling) }];
};

const OPERATORS: ReadonlyMap<string, Operator> = new Map(Object.entries({
  ...ELEMENTWISE,
  ...LAYOUT,
  ...MATRICES,
  ...REDUCTIONS,
  ...WINDOWS,
  Constant: constant,
  ConstantOfShape: constantOfShape,
}));

/**
 * Every value of a graph.
 *
 * Integers are plain numbers, so that a division of integers is not rounded.
 *
 * @param feeds Value of each input; also of initializers, to replace them.
 * @throws {RunError} When an operator is not written here, or its inputs do not fit.
 */
export function interpret64(
  graph: Graph,
  feeds: ReadonlyMap<string, Tensor64>,
): Map<string, Tensor64> {
  const opset = graph.opsets.get("") ?? 0;
  if (opset < OLDEST_OPSET) {
    throw new RunError(`${graph.name}: operator set ${opset}, wanted ${OLDEST_OPSET} or newer`);
  }
  const values = new Map<string, Tensor64>();
  for (const [name, tensor] of graph.initializers) values.set(name, tensor64(tensor));
  for (const [name, tensor] of feeds) values.set(name, tensor);
  for (const node of graph.nodes) {
    const operator = node.domain === "" ? OPERATORS.get(node.op) : undefined;
    const place = `${graph.name}: node "${node.name}" (${node.op})`;
    if (!operator) throw new RunError(`${place}: no such operator in the interpreter`);
    const inputs = node.inputs.map((name) => {
      if (name !== "" && !values.has(name)) throw new RunError(`${place}: no value for "${name}"`);
      return values.get(name);
    });
    try {
      const outputs = operator(new Call(node, inputs));
      for (const [at, name] of node.outputs.entries()) {
        if (name === "") continue;
        const output = outputs[at];
        if (!output) throw new RangeError(`output ${at} is not written in the interpreter`);
        values.set(name, output);
      }
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      throw new RunError(`${place}: ${error.message}`);
    }
  }
  return values;
}

/** A constant in float64. */
export function tensor64({ type, dims, data }: Tensor): Tensor64 {
  if (type === "float16") throw new RunError("a float16 constant, wanted another type");
  return { dims, data: Float64Array.from(data as ArrayLike<number | bigint>, Number) };
}
