/**
 * ProtoPNet as an explained model: the units of a class are its prototypes (Chen et al. 2019).
 *
 * @module
 */
import {
  activationsOf,
  type LatentMaps,
  type PrototypeLayer,
  prototypesOfClass,
  similarityMap,
} from "../prototypes/mod.ts";
import type { ExplainedModel, ImageExplanation, Unit } from "./explained_model.ts";
import { once } from "./once.ts";

/** What a network makes of some images: logits [count, K] and latent maps. */
export interface LatentOutput {
  readonly logits: Float32Array;
  readonly maps: LatentMaps;
}

/** Least weight to some class that makes a prototype relevant (Nauta et al. 2023). */
const RELEVANT_WEIGHT = 1e-5;

/**
 * A ProtoPNet that runs through `run`.
 *
 * @param run Gives logits and latent maps of `count` images.
 */
export function prototypeModel(
  layer: PrototypeLayer,
  run: (pixels: Float32Array, count: number) => Promise<LatentOutput>,
): ExplainedModel {
  const prototypes = layer.classOf.length;
  const relevant = new Set<number>();
  for (const [at, weight] of layer.weights.entries()) {
    if (weight > RELEVANT_WEIGHT) relevant.add(at % prototypes);
  }
  return {
    classes: layer.classes,
    units: prototypes,
    relevant: [...relevant].sort((a, b) => a - b),
    async explain(pixels, count) {
      const output = await run(pixels, count);
      return Array.from({ length: count }, (_, image) => explainPrototypes(layer, output, image));
    },
  };
}

/** The explanation of image `image` of the output. Units and evidence are the class's prototypes. */
export function explainPrototypes(
  layer: PrototypeLayer,
  { logits, maps }: LatentOutput,
  image: number,
): ImageExplanation {
  const prototypes = layer.classOf.length;
  const activations = once(() => activationsOf(layer, maps, image));
  const unitsOf = (label: number): Unit[] =>
    Array.from(prototypesOfClass(layer, label), (id) => {
      const map = similarityMap(layer, maps, image, id);
      const score = map.reduce((best, value) => Math.max(best, value), -Infinity);
      return { id, map, score, weight: layer.weights[label * prototypes + id]! };
    });
  return {
    logits: logits.slice(image * layer.classes, (image + 1) * layer.classes),
    rows: maps.height,
    columns: maps.width,
    peaks: () => ({
      scores: Float64Array.from(activations(), ({ similarity }) => similarity),
      cells: Int32Array.from(activations(), ({ cell }) => cell),
    }),
    pointsFor: (label) =>
      Float64Array.from(
        activations(),
        ({ similarity }, id) => similarity * layer.weights[label * prototypes + id]!,
      ),
    unitsOf,
    evidenceFor: unitsOf,
  };
}
