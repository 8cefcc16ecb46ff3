/**
 * What rounding alone does to a training run: the yardstick for how far two engines drift apart.
 *
 * @module
 */
import type { Graph } from "../graph/mod.ts";
import type { Engine } from "./engine.ts";

/** Half a unit in the last place of a float32 next to 1. */
const NUDGE = 2 ** -24;

/**
 * The same engine from first weights that are changed by a relative 2^-24, up and down in turn, and
 * rounded to float32: half of them or so move to a neighbouring number.
 */
export function nudgedWeights(engine: Engine): Engine {
  return {
    name: `${engine.name} from nudged weights`,
    open: (form, optimiser) =>
      engine.open({ ...form, graph: nudged(form.graph, form.parameters) }, optimiser),
  };
}

function nudged(graph: Graph, parameters: readonly string[]): Graph {
  const initializers = new Map(graph.initializers);
  for (const name of parameters) {
    const { dims, data } = initializers.get(name)!;
    const changed = Float32Array.from(
      { length: data.length },
      (_, at) => Number(data[at]) * (1 + (at % 2 === 0 ? NUDGE : -NUDGE)),
    );
    initializers.set(name, { type: "float32", dims, data: changed });
  }
  return { ...graph, initializers };
}
