/**
 * ONNX graphs computed by TensorFlow.js, node by node.
 *
 * @module
 */
import type * as tf from "@tensorflow/tfjs";
import { messageOf, RunError } from "../../base/mod.ts";
import type { Graph, GraphNode, Tensor } from "../../graph/mod.ts";
import { CONVOLUTIONS } from "./convolution.ts";
import { DENSE } from "./dense.ts";
import { ELEMENTWISE } from "./elementwise.ts";
import { NORMALISATIONS } from "./normalisation.ts";
import type { Convolve, Operation, Rule } from "./operation.ts";
import { POOLINGS } from "./pooling.ts";
import { REDUCTIONS } from "./reductions.ts";
import { SHAPE_OPS } from "./shape_ops.ts";

const RULES: ReadonlyMap<string, Rule> = new Map(
  [CONVOLUTIONS, DENSE, ELEMENTWISE, NORMALISATIONS, POOLINGS, REDUCTIONS, SHAPE_OPS]
    .flatMap((rules) => Object.entries(rules)),
);

/** A graph that TensorFlow.js can compute. */
export interface Interpreter {
  /** The float constants among the initializers and Constant nodes, by name. */
  readonly floats: ReadonlyMap<string, Tensor>;
  /**
   * Computes all nodes.
   *
   * @param known Tensors of the inputs and of all `floats`.
   * @returns All values by name, `known` among them.
   * @throws {RunError} When a node cannot be computed.
   */
  run(known: ReadonlyMap<string, tf.Tensor>): Map<string, tf.Tensor>;
}

/** @throws {RunError} When an operator is not known; names the node. */
export function interpreterOf(graph: Graph, convolve: Convolve): Interpreter {
  const constants = constantsOf(graph);
  const nodes = graph.nodes.filter(({ op }) => op !== "Constant").map((node) => ({
    node,
    rule: ruleOf(node, graph.name),
  }));
  return {
    floats: new Map([...constants].filter(([, { type }]) => type === "float32")),
    run(known) {
      const values = new Map(known);
      for (const { node, rule } of nodes) {
        const outputs = compute(rule, operationOf(node, values, constants, convolve), graph.name);
        for (const [at, name] of node.outputs.entries()) {
          const output = outputs[at];
          if (name !== "" && output) values.set(name, output);
        }
      }
      return values;
    },
  };
}

function constantsOf({ initializers, nodes }: Graph): Map<string, Tensor> {
  const constants = new Map(initializers);
  for (const { op, outputs, attributes } of nodes) {
    const value = attributes.get("value");
    if (op === "Constant" && value?.kind === "tensor") constants.set(outputs[0]!, value.value);
  }
  return constants;
}

function ruleOf({ name, op, domain }: GraphNode, network: string): Rule {
  const rule = domain === "" ? RULES.get(op) : undefined;
  if (rule) return rule;
  const full = domain === "" ? op : `${domain}.${op}`;
  throw new RunError(
    `${network}: node "${name}" has the operator ${full}, which the tfjs engine does not know`,
  );
}

function operationOf(
  node: GraphNode,
  values: ReadonlyMap<string, tf.Tensor>,
  constants: ReadonlyMap<string, Tensor>,
  convolve: Convolve,
): Operation {
  const tensor = (at: number) => {
    const found = values.get(node.inputs[at] ?? "");
    if (found) return found;
    throw new RangeError(`its input ${at} ("${node.inputs[at] ?? ""}") is not a float32 tensor`);
  };
  return {
    node,
    convolve,
    tensor,
    tensors: () => node.inputs.map((_, at) => tensor(at)),
    has: (at) => (node.inputs[at] ?? "") !== "",
    integers(at) {
      const constant = constants.get(node.inputs[at] ?? "");
      if (constant?.type !== "int64" && constant?.type !== "int32") return undefined;
      return Array.from(constant.data as ArrayLike<number | bigint>, Number);
    },
  };
}

/** What TensorFlow.js throws does not name the node. */
function compute(rule: Rule, operation: Operation, network: string): tf.Tensor[] {
  try {
    return [rule(operation)].flat();
  } catch (error) {
    const { name, op } = operation.node;
    throw new RunError(
      `${network}: node "${name}" (${op}) cannot be computed by tfjs: ${messageOf(error)}`,
    );
  }
}
