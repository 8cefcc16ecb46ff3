/**
 * The layers at which a network that nobody described is profiled.
 *
 * @module
 */
import { type Checkpoint, checkpointsOf, type Shapes } from "./checkpoints.ts";
import { everyLayerOf } from "./every_layer.ts";
import type { Graph } from "./graph.ts";
import { type Structure, structureOf } from "./structure.ts";

/** With fewer layers by rule a profile has no shape. */
const FEWEST = 6;

/** More layers take time and show nothing more. */
const MOST = 16;

/**
 * The checkpoints by rule, or, where these are few (a transformer never changes its spatial size), the
 * convolutions, residual blocks and dense layers, evenly thinned to at most 16. What the last dense
 * layer takes, the pooled representation or that of one token, is always among them.
 */
export function layersToInspect(graph: Graph, shapes: Shapes): Checkpoint[] {
  const byRule = checkpointsOf(graph, shapes);
  const every = everyLayerOf(graph).filter(({ tensor }) => shapes.has(tensor));
  const chosen = byRule.length >= FEWEST || every.length <= byRule.length ? byRule : thinned(every);
  return withLastHidden(chosen, structureOf(graph), shapes);
}

function thinned(layers: readonly Checkpoint[]): Checkpoint[] {
  const count = Math.min(MOST, layers.length);
  return Array.from(
    { length: count },
    (_, at) => layers[Math.round(at * (layers.length - 1) / (count - 1))]!,
  );
}

function withLastHidden(
  layers: readonly Checkpoint[],
  { dense, depths }: Structure,
  shapes: Shapes,
): Checkpoint[] {
  const last = layers.at(-1)!;
  const tensor = dense.at(-1)?.node.inputs.find((value) => depths.has(value));
  const before = layers.at(-2);
  if (tensor === undefined || before === undefined || !shapes.has(tensor)) return [...layers];
  const depth = depths.get(tensor)!;
  const isNew = unitsOf(shapes, tensor) !== unitsOf(shapes, before.tensor);
  if (!isNew || depth < before.depth || depth >= last.depth) return [...layers];
  return [...layers.slice(0, -1), { name: "last hidden", tensor, depth }, last];
}

function unitsOf(shapes: Shapes, tensor: string): number | undefined {
  return shapes.get(tensor)?.reduce((product, size) => product * size, 1);
}
