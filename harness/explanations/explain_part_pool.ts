/**
 * A part-supervised pooling network as an explained model: each part's attention map pools the features,
 * and the pooled vectors of all parts go into a last layer without bias (the Part R-CNN kind).
 *
 * @module
 */
import { RunError } from "../base/mod.ts";
import type { LatentMaps } from "../prototypes/mod.ts";
import type { ExplainedModel, ImageExplanation } from "./explained_model.ts";
import { once } from "./once.ts";

/** The last layer: pooled features of the parts one after the other, then those of the whole image. */
export interface PartPoolHead {
  readonly classes: number;
  readonly parts: number;
  /** Channels of the features. */
  readonly depth: number;
  /** Whether the features' mean over the image follows the parts. */
  readonly global: boolean;
  /** [K, (parts + global) x depth]. */
  readonly weights: Float32Array;
}

/** What the network makes of some images. */
export interface PartPoolOutput {
  /** [count, K]. */
  readonly logits: Float32Array;
  /** [count, depth, height, width]. */
  readonly features: LatentMaps;
  /** [count, parts, height, width]; each map sums to 1. */
  readonly attention: LatentMaps;
}

/** A part-pooling network that runs through `run`. */
export function partPoolModel(
  head: PartPoolHead,
  run: (pixels: Float32Array, count: number) => Promise<PartPoolOutput>,
): ExplainedModel {
  return {
    classes: head.classes,
    units: head.parts + (head.global ? 1 : 0),
    relevant: Array.from({ length: head.parts }, (_, part) => part),
    async explain(pixels, count) {
      const output = await run(pixels, count);
      return Array.from({ length: count }, (_, image) => explainPartPool(head, output, image));
    },
  };
}

/**
 * The explanation of image `image`. Units are the part detectors: map and score are attention and its
 * maximum, of the same weight for every class. Evidence is exact: attention x (w . features) at each cell,
 * for each part and for the whole image, adds up to the logit.
 *
 * @throws {RunError} When features or attention do not fit the head.
 */
export function explainPartPool(
  head: PartPoolHead,
  { logits, features, attention }: PartPoolOutput,
  image: number,
): ImageExplanation {
  if (features.depth !== head.depth || attention.depth !== head.parts) {
    throw new RunError(
      `part pooling: found ${features.depth} channels and ${attention.depth} parts, ` +
        `wanted ${head.depth} and ${head.parts}`,
    );
  }
  const pooled = head.parts + (head.global ? 1 : 0);
  const cells = features.height * features.width;
  const maps = once(() => {
    const start = image * head.parts * cells;
    const parts = Array.from({ length: head.parts }, (_, part) =>
      Float64Array.from(
        attention.data.subarray(start + part * cells, start + (part + 1) * cells),
      ));
    return head.global ? [...parts, new Float64Array(cells).fill(1 / cells)] : parts;
  });
  /** By pooled vector: what each cell adds to the logit of a class. */
  const contributions = (label: number): Float64Array[] =>
    maps().map((map, at) => {
      const sum = new Float64Array(cells);
      for (let d = 0; d < head.depth; d++) {
        const weight = head.weights[(label * pooled + at) * head.depth + d]!;
        const start = (image * head.depth + d) * cells;
        for (let cell = 0; cell < cells; cell++) {
          sum[cell]! += weight * features.data[start + cell]!;
        }
      }
      return sum.map((value, cell) => value * map[cell]!);
    });
  return {
    logits: logits.slice(image * head.classes, (image + 1) * head.classes),
    rows: features.height,
    columns: features.width,
    peaks: () => ({
      scores: Float64Array.from(maps(), (map) => Math.max(...map)),
      cells: Int32Array.from(maps(), (map) => map.indexOf(Math.max(...map))),
    }),
    pointsFor: (label) => Float64Array.from(contributions(label), total),
    unitsOf: () =>
      maps().slice(0, head.parts)
        .map((map, id) => ({ id, map, score: Math.max(...map), weight: 1 })),
    evidenceFor: (label) =>
      contributions(label).map((map, id) => ({ id, map, score: total(map), weight: 1 })),
  };
}

function total(map: Float64Array): number {
  return map.reduce((sum, value) => sum + value, 0);
}
