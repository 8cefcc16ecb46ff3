/**
 * ProtoPNet (Chen et al. 2019) as graphs: a backbone, add-on layers, prototypes, and a last layer that
 * weighs how similar the image is to each.
 *
 * @module
 */
import { UsageError } from "../base/mod.ts";
import { type Graph, GraphBuilder, int } from "../graph/mod.ts";
import { type AddOn, addOnLayers, LATENT } from "./add_on.ts";
import { OUTPUT } from "./architecture.ts";
import type { Backbone } from "./backbone.ts";
import { Initialiser } from "./initialise.ts";
import {
  exactDistances,
  expandedDistances,
  MIN_DISTANCES,
  PROTOTYPES,
} from "./prototype_distances.ts";

/** Similarity of each prototype to the image, [N, P]. */
export const SIMILARITIES = "similarities";

/** Begins the names of the last layer's weights; `last_layer.weight` is [K, P]. */
export const LAST_LAYER = "last_layer.";

/** Keeps the similarity of a prototype's own patch finite. */
export const LOG_EPSILON = 1e-4;

/** Weights of the last layer at the start. */
const OWN_CLASS = 1;
const OTHER_CLASS = -0.5;

/** How a squared distance becomes a similarity: ln((d + 1) / (d + 1e-4)), or -d. */
export type Similarity = "log" | "linear";

/** What a ProtoPNet has on its backbone. */
export interface ProtoPNetOptions {
  /** K. */
  readonly classes: number;
  /** P, a multiple of K: prototype j belongs to class floor(j / (P / K)). */
  readonly prototypes: number;
  /** D. */
  readonly depth: number;
  readonly addOn: AddOn["kind"];
  readonly similarity: Similarity;
  /** Seed of the add-on layers' weights and of the prototypes. */
  readonly seed: number;
}

/** A ProtoPNet; both forms have the same weights under the same names. */
export interface ProtoPNet {
  /**
   * Input `images` [N, C, H, W]; outputs `logits` [N, K] and `min_distances` [N, P]; inside are `latent`,
   * `distances` and `similarities`. Distances are exact (see `exactDistances`).
   */
  readonly inference: Graph;
  /** The same with the distances expanded, which can be differentiated. */
  readonly training: Graph;
  readonly classes: number;
  readonly depth: number;
  readonly similarity: Similarity;
  /** Class of each of the P prototypes. */
  readonly classOf: Int32Array;
  /** Size of the latent map. */
  readonly height: number;
  readonly width: number;
}

/**
 * Puts prototypes on a backbone: uniform in [0, 1), the last layer 1 for a prototype's own class and -0.5
 * for the others, without bias.
 *
 * @throws {UsageError} When the number of prototypes is no multiple of the number of classes.
 */
export function protopnet(backbone: Backbone, options: ProtoPNetOptions): ProtoPNet {
  const { classes, prototypes, depth, similarity } = options;
  if (!(classes > 0 && prototypes > 0) || prototypes % classes !== 0) {
    throw new UsageError(
      `prototypes: found ${prototypes} for ${classes} classes, wanted a multiple of ${classes}`,
    );
  }
  const perClass = prototypes / classes;
  const classOf = Int32Array.from({ length: prototypes }, (_, j) => Math.floor(j / perClass));
  return {
    inference: build(backbone, options, classOf, "inference"),
    training: build(backbone, options, classOf, "training"),
    classes,
    depth,
    similarity,
    classOf,
    height: backbone.height,
    width: backbone.width,
  };
}

function build(
  { graph: start, features, channels }: Backbone,
  { classes, prototypes, depth, addOn, similarity, seed }: ProtoPNetOptions,
  classOf: Int32Array,
  form: "inference" | "training",
): Graph {
  const graph = new GraphBuilder(`${start.name}_protopnet`, { ...start, outputs: [] });
  const init = new Initialiser(graph, seed);
  addOnLayers(graph, init, features, channels, { kind: addOn, depth, end: "sigmoid" });
  init.uniform(PROTOTYPES, [prototypes, depth, 1, 1]);
  if (form === "training") expandedDistances(graph, LATENT);
  else exactDistances(graph, LATENT, depth);
  addSimilarities(graph, similarity);
  const weights = Float32Array.from(
    { length: classes * prototypes },
    (_, i) => classOf[i % prototypes] === Math.floor(i / prototypes) ? OWN_CLASS : OTHER_CLASS,
  );
  graph.weight(`${LAST_LAYER}weight`, [classes, prototypes], weights);
  graph.add(OUTPUT, "Gemm", [SIMILARITIES, `${LAST_LAYER}weight`], { transB: int(1) });
  graph.output(OUTPUT);
  graph.output(MIN_DISTANCES);
  return graph.build();
}

function addSimilarities(graph: GraphBuilder, similarity: Similarity): void {
  if (similarity === "linear") {
    graph.add(SIMILARITIES, "Neg", [MIN_DISTANCES]);
    return;
  }
  const plus = (name: string, value: number) =>
    graph.add(`similarities/${name}`, "Add", [
      MIN_DISTANCES,
      graph.weight(`similarities/${name}/constant`, [], Float32Array.of(value)),
    ]);
  const ratio = graph.add("similarities/ratio", "Div", [
    plus("numerator", 1),
    plus("denominator", LOG_EPSILON),
  ]);
  graph.add(SIMILARITIES, "Log", [ratio]);
}
