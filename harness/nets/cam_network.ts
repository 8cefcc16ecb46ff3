/**
 * Class activation maps (Zhou et al. 2016) on the backbone of a ProtoPNet, and the plain classifier: what
 * ProtoPNet is compared with.
 *
 * @module
 */
import { type Graph, GraphBuilder, int } from "../graph/mod.ts";
import { type AddOn, addOnLayers } from "./add_on.ts";
import { OUTPUT } from "./architecture.ts";
import type { Backbone } from "./backbone.ts";
import { Initialiser } from "./initialise.ts";
import { LAST_LAYER } from "./protopnet.ts";

/** What is put on the backbone. */
export interface CamOptions {
  readonly classes: number;
  /** The same add-on layers as in a ProtoPNet, with a sigmoid or a ReLU at their end. */
  readonly addOn: AddOn;
  readonly seed: number;
}

/**
 * Add-on layers, average over the map, dense layer without bias. The logit of class c is exactly the mean
 * over the map of sum over k of w[c, k] f_k, with f the value `latent` [N, D, height, width] and w the
 * initializer `last_layer.weight` [K, D].
 */
export function camNetwork(backbone: Backbone, { classes, addOn, seed }: CamOptions): Graph {
  const { graph: start, features, channels } = backbone;
  const graph = new GraphBuilder(`${start.name}_cam`, { ...start, outputs: [] });
  const init = new Initialiser(graph, seed);
  const latent = addOnLayers(graph, init, features, channels, addOn);
  init.uniformFanIn(`${LAST_LAYER}weight`, [classes, addOn.depth], addOn.depth);
  graph.add(OUTPUT, "Gemm", [averaged(graph, latent), `${LAST_LAYER}weight`], { transB: int(1) });
  graph.output(OUTPUT);
  return graph.build();
}

/** The paper's baseline: average over the backbone's map, dense layer. */
export function plainClassifier(
  backbone: Backbone,
  { classes, seed }: Omit<CamOptions, "addOn">,
): Graph {
  const { graph: start, features, channels } = backbone;
  const graph = new GraphBuilder(`${start.name}_classifier`, { ...start, outputs: [] });
  const init = new Initialiser(graph, seed);
  const layer = LAST_LAYER.slice(0, -1);
  init.uniformFanIn(`${layer}.weight`, [classes, channels], channels);
  init.uniformFanIn(`${layer}.bias`, [classes], channels);
  graph.linear(layer, averaged(graph, features), OUTPUT);
  graph.output(OUTPUT);
  return graph.build();
}

/** Mean of each channel over the map, [N, channels]. */
function averaged(graph: GraphBuilder, map: string): string {
  return graph.add("average", "Flatten", [graph.add("average/map", "GlobalAveragePool", [map])]);
}
