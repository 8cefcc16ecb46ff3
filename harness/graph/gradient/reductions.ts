/**
 * Gradients of reductions over axes, and of softmax.
 *
 * @module
 */
import { type GraphNode, intAttribute } from "../graph.ts";
import { normalAxes, reducedAxes, sizeOf } from "./shapes.ts";
import type { GradientRule, Tape } from "./tape.ts";

/** The axes that a node reduces, and a value of its output's size with these axes put back. */
function opened(node: GraphNode, value: string, tape: Tape): { axes: number[]; value: string } {
  const shape = tape.shape(node.inputs[0]!);
  const axes = reducedAxes(node, shape.length, tape.integers(node.inputs[1]));
  const kept = intAttribute(node, "keepdims", 1) === 1;
  return { axes, value: kept ? value : tape.restoreAxes(value, shape, axes) };
}

const sum: GradientRule = (node, gradient, tape) => {
  const { value } = opened(node, gradient, tape);
  const shape = tape.shape(node.inputs[0]!);
  return [tape.add("Expand", [value, tape.list(shape)])];
};

const mean: GradientRule = (node, gradient, tape) => {
  const { axes, value } = opened(node, gradient, tape);
  const shape = tape.shape(node.inputs[0]!);
  const count = sizeOf(axes.map((axis) => shape[axis]!));
  const share = tape.add("Mul", [value, tape.scalar(1 / count)]);
  return [tape.add("Expand", [share, tape.list(shape)])];
};

/** Elements that share the extreme value share its gradient equally. */
const extreme: GradientRule = (node, gradient, tape) => {
  const [x] = node.inputs as [string];
  const { axes, value } = opened(node, gradient, tape);
  const highest = opened(node, node.outputs[0]!, tape).value;
  const chosen = tape.indicator(tape.add("Equal", [x, highest]));
  const share = tape.add("Div", [value, tape.sum(chosen, axes, true)]);
  return [tape.add("Mul", [chosen, share])];
};

const sumSquare: GradientRule = (node, gradient, tape) => {
  const { value } = opened(node, gradient, tape);
  const twice = tape.add("Mul", [value, tape.scalar(2)]);
  return [tape.add("Mul", [node.inputs[0]!, twice])];
};

function softmaxAxis(node: GraphNode, tape: Tape): number[] {
  return normalAxes([intAttribute(node, "axis", -1)], tape.shape(node.inputs[0]!).length);
}

/** dx = y (g - sum(g y)). */
const softmax: GradientRule = (node, gradient, tape) => {
  const [y] = node.outputs as [string];
  const inner = tape.sum(tape.add("Mul", [gradient, y]), softmaxAxis(node, tape), true);
  return [tape.add("Mul", [y, tape.add("Sub", [gradient, inner])])];
};

/** dx = g - softmax(x) sum(g). */
const logSoftmax: GradientRule = (node, gradient, tape) => {
  const total = tape.sum(gradient, softmaxAxis(node, tape), true);
  const probabilities = tape.add("Exp", [node.outputs[0]!]);
  return [tape.add("Sub", [gradient, tape.add("Mul", [probabilities, total])])];
};

/** Rules by operator. */
export const REDUCTIONS: Readonly<Record<string, GradientRule>> = {
  ReduceSum: sum,
  ReduceMean: mean,
  ReduceMax: extreme,
  ReduceMin: extreme,
  ReduceSumSquare: sumSquare,
  Softmax: softmax,
  LogSoftmax: logSoftmax,
};
