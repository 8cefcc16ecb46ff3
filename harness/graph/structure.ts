/**
 * What kind of network a graph is, seen from its structure and not from its names, and how deep its
 * layers are by the convention for that kind.
 *
 * @module
 */
import { type Cut, cutsOf } from "./cuts.ts";
import { depthsOf, isDense, isWeightLayer } from "./depth.ts";
import type { Graph } from "./graph.ts";
import { usedBy } from "./topology.ts";

/** Structure of a network. */
export interface Structure {
  readonly cuts: readonly Cut[];
  /** Where max pooling, and where products with a weight matrix, happen on the main way. */
  readonly pools: readonly Cut[];
  readonly dense: readonly Cut[];
  /** Where residual blocks end. */
  readonly blocks: readonly Cut[];
  /** Pooling after the last residual block, over all that is left of the image. */
  readonly finalPooling: Cut | undefined;
  /** `sequential`: AlexNet, VGG; `residual`: ResNet; the rest has no rule of its own. */
  readonly kind: "sequential" | "residual" | "other";
  /**
   * Depth of each value that depends on the input. As in the figures of Ansuini et al. 2019, the first
   * dense layer of a sequential network counts two, and the pooling after the last residual block one.
   */
  readonly depths: ReadonlyMap<string, number>;
}

/** Operations on single elements that follow a layer and belong to it, alone or combined. */
const ELEMENTWISE = new Set([
  ...[
    "Relu",
    "LeakyRelu",
    "PRelu",
    "Clip",
    "Sigmoid",
    "HardSigmoid",
    "Tanh",
    "Elu",
    "Selu",
    "Celu",
  ],
  ...["HardSwish", "Gelu", "Mish", "Softplus", "Softsign", "ThresholdedRelu"],
  ...["Add", "Sub", "Mul", "Div", "Pow", "Exp", "Erf", "Sqrt", "Min", "Max"],
  ...["BatchNormalization"],
]);

/** Operations that change nothing when a network is used. */
const UNCHANGED = new Set(["Identity", "Dropout"]);

/** Operations that end a residual block. */
const SUMS = new Set(["Add", "Sum"]);

/** Operations that can pool over the whole image. */
export const POOLINGS: ReadonlySet<string> = new Set([
  "GlobalAveragePool",
  "GlobalMaxPool",
  "AveragePool",
  "ReduceMean",
  "ReduceMax",
]);

/** The structure of a graph. */
export function structureOf(graph: Graph): Structure {
  const depths = depthsOf(graph);
  const cuts = cutsOf(graph);
  const pools = cuts.filter(({ node }) => node.op === "MaxPool");
  const dense = cuts.filter(({ node }) => isDense(node, depths));
  const joins = cuts.filter((cut) => !isActivation(cut)).flatMap(({ block }) =>
    block.filter((node) => [...usedBy(node)].filter((value) => depths.has(value)).length > 1)
  );
  const onlySums = joins.every(({ op }) => SUMS.has(op));
  const blocks = onlySums ? cuts.filter(({ node }) => joins.includes(node)) : [];
  const finalPooling = blocks.length > 0 ? poolingAtEnd(cuts, depths) : undefined;

  const sequential = joins.length === 0 && pools.length >= 2 && dense.length >= 2;
  const residual = finalPooling !== undefined && pools.length === 1 && dense.length === 1;
  const oneMore = sequential ? dense[0] : finalPooling;
  return {
    cuts,
    pools,
    dense,
    blocks,
    finalPooling,
    kind: sequential ? "sequential" : residual ? "residual" : "other",
    depths: oneMore ? depthsOf(graph, oneMore.node) : depths,
  };
}

/** Whether a cut is an activation, normalisation, bias or scale of the cut before. */
function isActivation({ block }: Cut): boolean {
  return block.every(({ op }) => ELEMENTWISE.has(op) || UNCHANGED.has(op));
}

/** The cut's own tensor, or the one after all that directly follows and belongs to it. */
export function endOfLayer(cuts: readonly Cut[], cut: Cut): string {
  let end = cut;
  for (const next of cuts.slice(cuts.indexOf(cut) + 1)) {
    if (!isActivation(next)) break;
    if (!UNCHANGED.has(next.node.op)) end = next;
  }
  return end.tensor;
}

/** The pooling that only dense layers and operations without weights follow. */
function poolingAtEnd(
  cuts: readonly Cut[],
  depths: ReadonlyMap<string, number>,
): Cut | undefined {
  for (const cut of cuts.toReversed()) {
    if (POOLINGS.has(cut.node.op)) return cut;
    const { node } = cut;
    if (SUMS.has(node.op) && node.inputs.every((input) => depths.has(input))) return undefined;
    if (isWeightLayer(node, depths) && !isDense(node, depths)) return undefined;
  }
  return undefined;
}
