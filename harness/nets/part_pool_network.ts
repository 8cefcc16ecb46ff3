/**
 * A network that is told where parts are: it pools features under a map of each part, as Part R-CNN and
 * its kin do (papers' "bb + anno" rows of Chen et al. 2019, Table 1).
 *
 * @module
 */
import { type Graph, GraphBuilder, int, ints } from "../graph/mod.ts";
import { type AddOn, addOnLayers } from "./add_on.ts";
import { OUTPUT } from "./architecture.ts";
import type { Backbone } from "./backbone.ts";
import { Initialiser } from "./initialise.ts";
import { LAST_LAYER } from "./protopnet.ts";

/** Scores of the parts before the softmax over cells, [N, A, height x width]. */
export const PART_SCORES = "part_scores";

/** Where each part is, a distribution over the cells, [N, A, height x width]. */
export const PART_MAPS = "part_maps";

/** Begins the names of the weights that make the scores. */
export const PART_HEAD = "part_head.";

/** What is put on the backbone. */
export interface PartPoolOptions {
  readonly classes: number;
  /** A. */
  readonly parts: number;
  /** Makes the features that are pooled. */
  readonly addOn: AddOn;
  /** Whether features averaged over the whole map are added. */
  readonly global: boolean;
  readonly seed: number;
}

/** The two ways to test it; the weights are the same. */
export interface PartPoolNetwork {
  /** Pools under the maps that the network predicts; this one is trained. */
  readonly predicted: Graph;
  /** Pools under maps that are an input, `part_maps`; all 0 for a part that is not visible. */
  readonly given: Graph;
}

/** Builds both forms. */
export function partPoolNetwork(backbone: Backbone, options: PartPoolOptions): PartPoolNetwork {
  return { predicted: build(backbone, options, false), given: build(backbone, options, true) };
}

function build(
  { graph: start, features, channels, height, width }: Backbone,
  { classes, parts, addOn, global, seed }: PartPoolOptions,
  isGiven: boolean,
): Graph {
  const name = `${start.name}_part_pool${isGiven ? "_given" : ""}`;
  const graph = new GraphBuilder(name, { ...start, outputs: [] });
  const init = new Initialiser(graph, seed);
  const shape = (name: string, values: readonly number[]) =>
    graph.constant(name, {
      type: "int64",
      dims: [values.length],
      data: BigInt64Array.from(values, BigInt),
    });
  const cells = shape("cells", [0, 0, -1]);
  const latent = addOnLayers(graph, init, features, channels, addOn);
  if (isGiven) graph.input(PART_MAPS, ["N", parts, height * width]);
  else {
    const head = PART_HEAD.slice(0, -1);
    init.kaimingNormalFanIn(`${head}.weight`, [parts, channels, 1, 1]);
    init.constant(`${head}.bias`, [parts], 0);
    const scores = graph.conv(head, features, { kernel: 1 }, true);
    graph.add(PART_SCORES, "Reshape", [scores, cells]);
    graph.add(PART_MAPS, "Softmax", [PART_SCORES], { axis: int(2) });
  }
  const flat = graph.add("patches", "Transpose", [
    graph.add("patches/by_channel", "Reshape", [latent, cells]),
  ], { perm: ints([0, 2, 1]) });
  const pooled = graph.add("pooled", "MatMul", [PART_MAPS, flat]);
  let all = graph.add("pooled/flat", "Flatten", [pooled]);
  if (global) {
    const average = graph.add("average/map", "GlobalAveragePool", [latent]);
    const whole = graph.add("average", "Flatten", [average]);
    all = graph.add("pooled/all", "Concat", [all, whole], { axis: int(1) });
  }
  const size = (parts + (global ? 1 : 0)) * addOn.depth;
  // Without bias, so that what the parts contribute adds up to the logit.
  init.uniformFanIn(`${LAST_LAYER}weight`, [classes, size], size);
  graph.add(OUTPUT, "Gemm", [all, `${LAST_LAYER}weight`], { transB: int(1) });
  graph.output(OUTPUT);
  return graph.build();
}
