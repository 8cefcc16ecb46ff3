/**
 * Shapes of all values of a graph from those of its inputs, batch included, by the operators'
 * definitions. Only operators that can be differentiated are known, and those that gradients and
 * optimisers add.
 *
 * @module
 */
import { RunError } from "../../base/mod.ts";
import {
  type GraphBody,
  type GraphNode,
  intAttribute,
  intsAttribute,
  type Tensor,
} from "../graph.ts";
import { windowOf } from "./window.ts";

/** A shape. */
export type Shape = readonly number[];

/** What a shape rule sees. */
interface ShapeContext {
  /** Shapes of the inputs of the node; undefined where an input is not given. */
  readonly inputs: readonly (Shape | undefined)[];
  /** The value of an input that is a constant list of integers. */
  integers(at: number): readonly number[] | undefined;
  /** The value of an input that is a constant list of float32 numbers. */
  floats(at: number): readonly number[] | undefined;
}

type ShapeRule = (node: GraphNode, context: ShapeContext) => Shape;

/**
 * @param inputShapes Shape of each input, by name.
 * @throws {RunError} When an operator is not known or shapes contradict each other.
 */
export function inferShapes(
  graph: GraphBody,
  inputShapes: ReadonlyMap<string, Shape>,
): Map<string, Shape> {
  const shapes = new Map<string, Shape>();
  for (const [name, { dims }] of graph.initializers) shapes.set(name, dims);
  for (const { name } of graph.inputs) {
    const shape = inputShapes.get(name);
    if (!shape) throw new RunError(`${graph.name}: no shape given for the input "${name}"`);
    shapes.set(name, shape);
  }
  for (const node of graph.nodes) {
    const rule = RULES.get(node.op);
    if (!rule || node.domain !== "") {
      throw new RunError(
        `${graph.name}: node "${node.name}": the operator ${node.op} cannot be differentiated`,
      );
    }
    const context: ShapeContext = {
      inputs: node.inputs.map((name) => shapes.get(name)),
      integers: (at) => integersOf(graph.initializers.get(node.inputs[at] ?? "")),
      floats: (at) => floatsOf(graph.initializers.get(node.inputs[at] ?? "")),
    };
    try {
      shapes.set(node.outputs[0]!, rule(node, context));
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      throw new RunError(`${graph.name}: node "${node.name}" (${node.op}): ${error.message}`);
    }
    // The further outputs of batch normalisation are running statistics; those of others go unused.
    for (const [at, output] of node.outputs.entries()) {
      if (at > 0 && output) shapes.set(output, furtherShape(node, at, context, shapes));
    }
  }
  return shapes;
}

function furtherShape(
  node: GraphNode,
  at: number,
  { inputs }: ShapeContext,
  shapes: ReadonlyMap<string, Shape>,
): Shape {
  return node.op === "BatchNormalization" ? inputs[at + 2]! : shapes.get(node.outputs[0]!)!;
}

/** The values of an integer tensor. */
export function integersOf(tensor: Tensor | undefined): readonly number[] | undefined {
  if (tensor?.type !== "int64" && tensor?.type !== "int32") return undefined;
  return Array.from(tensor.data as ArrayLike<number | bigint>, Number);
}

function floatsOf(tensor: Tensor | undefined): readonly number[] | undefined {
  return tensor?.type === "float32" ? Array.from(tensor.data as Float32Array) : undefined;
}

/** The shape to which two shapes broadcast (numpy's rule). */
export function broadcastShape(a: Shape, b: Shape): Shape {
  const rank = Math.max(a.length, b.length);
  return Array.from({ length: rank }, (_, i) => {
    const x = a[i - rank + a.length] ?? 1;
    const y = b[i - rank + b.length] ?? 1;
    if (x === y || y === 1) return x;
    if (x === 1) return y;
    throw new RangeError(`shapes [${a}] and [${b}] do not broadcast`);
  });
}

/** Axes as non-negative numbers; all of them where none are given. */
export function normalAxes(axes: readonly number[] | undefined, rank: number): number[] {
  if (!axes) return Array.from({ length: rank }, (_, i) => i);
  return axes.map((axis) => axis < 0 ? axis + rank : axis);
}

/** The axes of a reduction, which older operator sets keep in an attribute and newer ones in an input. */
export function reducedAxes(
  node: GraphNode,
  rank: number,
  constant: readonly number[] | undefined,
): number[] {
  return normalAxes(intsAttribute(node, "axes") ?? constant, rank);
}

/** Number of elements. */
export function sizeOf(shape: Shape): number {
  return shape.reduce((product, size) => product * size, 1);
}

const first: ShapeRule = (_, { inputs }) => inputs[0]!;

const broadcast: ShapeRule = (_, { inputs }) =>
  inputs.reduce<Shape>((shape, input) => broadcastShape(shape, input!), []);

const reduce: ShapeRule = (node, { inputs, integers }) => {
  const [x] = inputs;
  const axes = new Set(reducedAxes(node, x!.length, integers(1)));
  const kept = intAttribute(node, "keepdims", 1) === 1;
  return x!.flatMap((size, axis) => axes.has(axis) ? (kept ? [1] : []) : [size]);
};

const pool: ShapeRule = (node, { inputs }) => {
  const [batch, channels, ...spatial] = inputs[0]!;
  const window = windowOf(node, intsAttribute(node, "kernel_shape")!, spatial);
  return [batch!, channels!, ...window.output];
};

const RULES: ReadonlyMap<string, ShapeRule> = new Map<string, ShapeRule>([
  ...["Relu", "LeakyRelu", "Sigmoid", "Tanh", "Neg", "Log", "Exp", "Sqrt", "Abs", "Identity"]
    .map((op): [string, ShapeRule] => [op, first]),
  ...["Dropout", "Softmax", "LogSoftmax", "BatchNormalization", "Reciprocal"]
    .map((op): [string, ShapeRule] => [op, first]),
  ...["Cast", "Sign", "ScatterElements"].map((op): [string, ShapeRule] => [op, first]),
  ...["Add", "Sub", "Mul", "Div", "Pow", "Min", "Max", "Equal", "Greater", "Less", "Where"]
    .map((op): [string, ShapeRule] => [op, broadcast]),
  ...["ReduceSum", "ReduceMean", "ReduceMax", "ReduceMin", "ReduceSumSquare"]
    .map((op): [string, ShapeRule] => [op, reduce]),
  ["MaxPool", pool],
  ["AveragePool", pool],
  ["GlobalAveragePool", (_, { inputs }) => inputs[0]!.map((size, axis) => axis < 2 ? size : 1)],
  ["Conv", (node, { inputs }) => {
    const [x, w] = inputs;
    const window = windowOf(node, w!.slice(2), x!.slice(2));
    const group = intAttribute(node, "group", 1);
    if (x![1] !== w![1]! * group) {
      throw new RangeError(`${x![1]} channels, wanted ${w![1]! * group} for weights [${w}]`);
    }
    return [x![0]!, w![0]!, ...window.output];
  }],
  ["ConvTranspose", (node, { inputs }) => {
    const [x, w] = inputs;
    const group = intAttribute(node, "group", 1);
    const strides = intsAttribute(node, "strides") ?? [1, 1];
    const dilations = intsAttribute(node, "dilations") ?? [1, 1];
    const pads = intsAttribute(node, "pads") ?? [0, 0, 0, 0];
    const extra = intsAttribute(node, "output_padding") ?? [0, 0];
    const spatial = x!.slice(2).map((size, i) =>
      strides[i]! * (size - 1) + extra[i]! + (w![2 + i]! - 1) * dilations[i]! + 1 -
      pads[i]! - pads[i + 2]!
    );
    return [x![0]!, w![1]! * group, ...spatial];
  }],
  ["Gemm", (node, { inputs }) => {
    const [a, b] = inputs;
    const [rows, inner] = intAttribute(node, "transA", 0) ? a!.toReversed() : a!;
    const [other, columns] = intAttribute(node, "transB", 0) ? b!.toReversed() : b!;
    if (inner !== other) throw new RangeError(`shapes [${a}] and [${b}] do not multiply`);
    return [rows!, columns!];
  }],
  ["MatMul", (_, { inputs }) => {
    const [a, b] = inputs;
    if (a!.length < 2 || b!.length < 2 || a!.at(-1) !== b!.at(-2)) {
      throw new RangeError(`shapes [${a}] and [${b}] do not multiply`);
    }
    return [...broadcastShape(a!.slice(0, -2), b!.slice(0, -2)), a!.at(-2)!, b!.at(-1)!];
  }],
  ["Reshape", (_, { inputs, integers }) => {
    const wanted = integers(1);
    if (!wanted) throw new RangeError("its shape is not a constant");
    const known = wanted.map((size, i) => size === 0 ? inputs[0]![i]! : size);
    const rest = sizeOf(inputs[0]!) / sizeOf(known.filter((size) => size !== -1));
    return known.map((size) => size === -1 ? rest : size);
  }],
  ["Expand", (_, { inputs, integers }) => {
    const wanted = integers(1);
    if (!wanted) throw new RangeError("its shape is not a constant");
    return broadcastShape(inputs[0]!, wanted);
  }],
  ["Resize", (_, { inputs, floats }) => {
    const scales = floats(2);
    if (!scales) throw new RangeError("its scales are not constants");
    return inputs[0]!.map((size, axis) => Math.floor(size * scales[axis]!));
  }],
  ["Flatten", (node, { inputs }) => {
    const [at] = normalAxes([intAttribute(node, "axis", 1)], inputs[0]!.length);
    return [sizeOf(inputs[0]!.slice(0, at)), sizeOf(inputs[0]!.slice(at))];
  }],
  ["Transpose", (node, { inputs }) => {
    const order = intsAttribute(node, "perm") ?? inputs[0]!.map((_, i) => i).reverse();
    return order.map((axis) => inputs[0]![axis]!);
  }],
  ["Concat", (node, { inputs }) => {
    const [axis] = normalAxes([intAttribute(node, "axis", 0)], inputs[0]!.length);
    return inputs[0]!.map((size, i) =>
      i === axis ? inputs.reduce((sum, shape) => sum + shape![i]!, 0) : size
    );
  }],
  ["Slice", (_, { inputs, integers }) => {
    const [x] = inputs;
    const [starts, ends] = [integers(1), integers(2)];
    if (!starts || !ends) throw new RangeError("its bounds are not constants");
    const axes = normalAxes(integers(3) ?? starts.map((_, i) => i), x!.length);
    const steps = integers(4) ?? starts.map(() => 1);
    return x!.map((size, axis) => {
      const i = axes.indexOf(axis);
      return i < 0 ? size : sliceOf(size, starts[i]!, ends[i]!, steps[i]!).count;
    });
  }],
  ["Pad", (node, { inputs, integers }) => {
    const mode = node.attributes.get("mode");
    if (mode?.kind === "string" && mode.value !== "constant") {
      throw new RangeError(`its mode is ${mode.value}, wanted constant`);
    }
    const [x] = inputs;
    const pads = integers(1);
    if (!pads) throw new RangeError("its padding is not a constant");
    if (node.inputs[3]) throw new RangeError("its padding is for some axes, wanted all of them");
    if (pads.some((pad) => pad < 0)) {
      throw new RangeError(`its padding is [${pads}], wanted none below 0`);
    }
    return x!.map((size, axis) => size + pads[axis]! + pads[axis + x!.length]!);
  }],
  ["Squeeze", (_, { inputs, integers }) => {
    const [x] = inputs;
    const given = integers(1);
    const axes = given && normalAxes(given, x!.length);
    return x!.filter((size, axis) => axes ? !axes.includes(axis) : size !== 1);
  }],
  ["Unsqueeze", (_, { inputs, integers }) => {
    const given = integers(1);
    if (!given) throw new RangeError("its axes are not constants");
    const rank = inputs[0]!.length + given.length;
    const axes = normalAxes(given, rank);
    const sizes = [...inputs[0]!];
    return Array.from({ length: rank }, (_, i) => axes.includes(i) ? 1 : sizes.shift()!);
  }],
]);

/** Where a slice starts and how many elements it has (ONNX Slice: negative bounds count from the end). */
export function sliceOf(
  size: number,
  start: number,
  end: number,
  step: number,
): { start: number; count: number } {
  const from = (at: number) => at < 0 ? at + size : at;
  const clamp = (at: number, low: number, high: number) => Math.min(Math.max(at, low), high);
  const [lowest, highest] = step > 0 ? [0, size] : [-1, size - 1];
  const first = clamp(from(start), 0, step > 0 ? size : size - 1);
  const last = clamp(from(end), lowest, highest);
  return { start: first, count: Math.max(0, Math.ceil((last - first) / step)) };
}
