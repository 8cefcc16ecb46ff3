/**
 * Reverse-mode differentiation of a graph into an ordinary graph (Griewank and Walther 2008, chapter 3):
 * each node, from last to first, turns the gradient by its output into gradients by its inputs.
 *
 * @module
 */
import { RunError } from "../../base/mod.ts";
import { GraphBuilder } from "../builder.ts";
import type { Graph } from "../graph.ts";
import { prune } from "../topology.ts";
import { BATCH_NORM } from "./batch_norm.ts";
import { withBatchStatistics } from "./batch_statistics.ts";
import { CONVOLUTION } from "./convolution.ts";
import { DENSE } from "./dense.ts";
import { ELEMENTWISE } from "./elementwise.ts";
import { LAYOUT } from "./layout.ts";
import { POOLING } from "./pooling.ts";
import { REDUCTIONS } from "./reductions.ts";
import { type Shape, sizeOf } from "./shapes.ts";
import { type GradientRule, Tape } from "./tape.ts";

const RULES: ReadonlyMap<string, GradientRule> = new Map(Object.entries({
  ...BATCH_NORM,
  ...CONVOLUTION,
  ...DENSE,
  ...ELEMENTWISE,
  ...LAYOUT,
  ...POOLING,
  ...REDUCTIONS,
}));

/** The oldest operator set whose reductions and poolings the added nodes use (ScatterElements adds from 16 on). */
const OLDEST_OPSET = 16;

/** A graph that also computes gradients. */
export interface Differentiated {
  /**
   * The nodes of the forward pass (statistics of batches as nodes of their own) and those of the
   * backward pass; outputs as before.
   */
  readonly graph: Graph;
  /** Name of the gradient of the loss by each of the values asked for, of that value's shape. */
  readonly gradients: ReadonlyMap<string, string>;
}

/** What the runtime can do. */
export interface DifferentiationOptions {
  /** Whether MaxPool gives its positions: ONNX Runtime's WebGPU kernels do not. Default true. */
  readonly poolIndices?: boolean;
}

/**
 * @param loss A value of one element.
 * @param wrt Inputs or initializers.
 * @param shapes Shape of every value, from `inferShapes`.
 * @throws {RunError} When the loss does not depend on one of them, or an operator on the way has no rule.
 */
export function differentiate(
  graph: Graph,
  loss: string,
  wrt: readonly string[],
  shapes: ReadonlyMap<string, Shape>,
  { poolIndices = true }: DifferentiationOptions = {},
): Differentiated {
  requireScalar(graph, loss, shapes);
  const opset = graph.opsets.get("") ?? 0;
  if (opset < OLDEST_OPSET) {
    throw new RunError(
      `${graph.name}: operator set ${opset}, wanted ${OLDEST_OPSET} or newer to differentiate`,
    );
  }
  const wanted = dependents(graph, wrt);
  const builder = new GraphBuilder(graph.name, withBatchStatistics(graph, shapes));
  const tape = new Tape(builder, shapes, wanted, graph, poolIndices);
  const parts = new Map<string, string[]>([[loss, [tape.filled(shapes.get(loss)!, 1)]]]);
  const total = (value: string): string | undefined => {
    const gradients = parts.get(value);
    if (!gradients || gradients.length <= 1) return gradients?.[0];
    const sum = gradients.reduce((a, b) => tape.add("Add", [a, b]));
    parts.set(value, [sum]);
    return sum;
  };
  for (const node of graph.nodes.toReversed()) {
    const [output] = node.outputs;
    if (!wanted.has(output!)) continue;
    const gradient = total(output!);
    if (gradient === undefined) continue;
    const rule = RULES.get(node.op);
    if (!rule || node.domain !== "") {
      throw new RunError(
        `${graph.name}: node "${node.name}": the operator ${node.op} cannot be differentiated`,
      );
    }
    for (const [at, part] of rule(node, gradient, tape).entries()) {
      const input = node.inputs[at];
      if (part === undefined || !tape.wants(input)) continue;
      const known = parts.get(input!);
      if (known) known.push(part);
      else parts.set(input!, [part]);
    }
  }
  const gradients = new Map(wrt.map((name) => {
    const gradient = total(name);
    if (gradient === undefined) {
      throw new RunError(`${graph.name}: "${loss}" does not depend on "${name}"`);
    }
    return [name, gradient];
  }));
  // Transpositions that were taken back are used by nothing.
  const needed = [...graph.outputs.map(({ name }) => name), ...gradients.values()];
  return { graph: { ...prune(builder.build(), needed), inputs: graph.inputs }, gradients };
}

function requireScalar(graph: Graph, loss: string, shapes: ReadonlyMap<string, Shape>): void {
  const shape = shapes.get(loss);
  if (shape && sizeOf(shape) === 1) return;
  const found = shape ? `of shape [${shape}]` : "made by nothing";
  throw new RunError(`${graph.name}: "${loss}" is ${found}, wanted one number to differentiate`);
}

/** All values that depend on one of the given ones. */
function dependents(graph: Graph, wrt: readonly string[]): Set<string> {
  const reached = new Set(wrt);
  for (const { inputs, outputs } of graph.nodes) {
    if (!inputs.some((input) => reached.has(input))) continue;
    reached.add(outputs[0]!);
  }
  return reached;
}
