/**
 * One pass over labelled images with known parts: everything that is asked of the units of a model.
 *
 * @module
 */
import type { PartPoint, PartTruth } from "../../datasets/part_truth.ts";
import { type RandomStream, RunError } from "../base/mod.ts";
import { type Average, averageOf } from "./average.ts";
import { type ExplainedModel, type ImageExplanation, predictedClass } from "./explained_model.ts";
import { withNoise } from "./noise.ts";
import { consistencyOf, HitCounts, mapHits, stabilityOf } from "./part_hits.ts";
import { type PartGroups, ungrouped } from "./part_groups.ts";
import { type Purity, PURITY_IMAGES, purityOf, unitPurity } from "./purity.ts";
import { activeUnits, unitsForPoints } from "./sizes.ts";
import { TopImages } from "./top_images.ts";
import type { Grid } from "./unit_maps.ts";
import { UnitBoxes } from "./unit_boxes.ts";

/** Images with their truth. */
export interface TruthBatch {
  /** The network's input, image after image. */
  readonly pixels: Float32Array;
  readonly labels: ArrayLike<number>;
  /** By image, in pixels of the network's input. */
  readonly truths: readonly PartTruth[];
}

/** How units are measured. */
export interface UnitOptions {
  /** Pixels of a side of the network's input. */
  readonly size: number;
  /** Parts that count as one in purity; default: none do. */
  readonly groups?: PartGroups;
  /** Stream of the noise for image `image`; absent: stability is not measured. */
  readonly noise?: (image: number) => RandomStream;
  /** By unit: the parts that its box holds in the image it comes from; absent where units have no source. */
  readonly sourceParts?: readonly (readonly number[])[];
}

/** What the pass found. Shares are in [0, 1]. */
export interface UnitMeasures {
  readonly images: number;
  /** Over the relevant units, from their 10 best images of any class. */
  readonly purity: Purity;
  /** Share of the units of each class that hit one part in 80 % of the class's images. */
  readonly consistency: Average;
  readonly stability: Average;
  /** Largest overlap of a unit's box with a part's box, over the units of each image's class. */
  readonly partOverlap: Average;
  /** Share of a unit's map on the object, and on its best part. */
  readonly objectEnergy: Average;
  readonly partEnergy: Average;
  /** Share of pairs of a unit and an image of its class whose boxes hold a common part. */
  readonly reasonablePairs: Average;
  /** Units for 90 % of the predicted class's positive points, over images. */
  readonly localSize: Average;
  /** Units whose answer exceeds 10 % of the largest, over images. */
  readonly activeUnits: Average;
}

/**
 * Measures the units of a model.
 *
 * @param batches Test images; the classes that are measured are those that have images.
 * @throws {RunError} When the truth does not fit the images, or there is no image.
 */
export async function measureUnits(
  model: ExplainedModel,
  batches: AsyncIterable<TruthBatch> | Iterable<TruthBatch>,
  options: UnitOptions,
): Promise<UnitMeasures> {
  const { size, noise } = options;
  const tops = new TopImages(model.units, PURITY_IMAGES);
  const counts = new Map<string, HitCounts>();
  const boxes = new UnitBoxes(size, options.sourceParts);
  const points: (readonly PartPoint[])[] = [];
  const local: number[] = [];
  const active: number[] = [];
  let grid: Grid | undefined;
  let parts: number | undefined;
  for await (const { pixels, labels, truths } of batches) {
    parts ??= options.groups?.length ?? truths[0]?.points.length;
    requireTruths(truths, labels.length, size, parts);
    const clean = await model.explain(pixels, labels.length);
    const noisy = noise && await model.explain(
      noisyBatch(pixels, labels.length, (at) => noise(points.length + at)),
      labels.length,
    );
    for (const [at, explanation] of clean.entries()) {
      const [label, truth] = [labels[at]!, truths[at]!];
      const peaks = explanation.peaks();
      grid = explanation;
      tops.add(points.length, peaks);
      local.push(unitsForPoints(explanation.pointsFor(predictedClass(explanation))));
      active.push(activeUnits(peaks.scores));
      countHits(counts, label, truth, size, explanation, noisy?.[at]);
      boxes.add(explanation, label, truth);
      points.push(truth.points);
    }
  }
  if (grid === undefined) throw new RunError("explanations: found no image, wanted at least one");
  const groups = options.groups ?? ungrouped(points[0]!.length);
  const truth = { grid: { rows: grid.rows, columns: grid.columns }, size, points, groups };
  return {
    images: points.length,
    purity: purityOf(model.relevant.map((unit) => unitPurity(unit, tops.of(unit), truth))),
    consistency: consistencyOf(counts.values()),
    stability: stabilityOf(counts.values()),
    ...boxes.averages(),
    localSize: averageOf(local),
    activeUnits: averageOf(active),
  };
}

function countHits(
  counts: Map<string, HitCounts>,
  label: number,
  { points }: PartTruth,
  size: number,
  clean: ImageExplanation,
  noisy: ImageExplanation | undefined,
): void {
  const groups = ungrouped(points.length);
  const noisyUnits = noisy?.unitsOf(label);
  for (const [at, { id, map }] of clean.unitsOf(label).entries()) {
    const key = `${label}:${id}`;
    const count = counts.get(key) ?? new HitCounts();
    counts.set(key, count);
    const moved = noisyUnits && mapHits(noisyUnits[at]!.map, clean, size, points, groups);
    count.add(mapHits(map, clean, size, points, groups), moved);
  }
}

function noisyBatch(
  pixels: Float32Array,
  count: number,
  noise: (at: number) => RandomStream,
): Float32Array {
  const length = pixels.length / count;
  const result = new Float32Array(pixels.length);
  for (let at = 0; at < count; at++) {
    result.set(withNoise(pixels.subarray(at * length, (at + 1) * length), noise(at)), at * length);
  }
  return result;
}

function requireTruths(
  truths: readonly PartTruth[],
  images: number,
  size: number,
  parts: number | undefined,
): void {
  if (truths.length !== images) {
    throw new RunError(
      `explanations: found the parts of ${truths.length} images, wanted those of ${images}`,
    );
  }
  const other = truths.find(({ points }) => points.length !== parts);
  if (other) {
    throw new RunError(`explanations: found ${other.points.length} parts, wanted ${parts}`);
  }
  const regions = truths.find(({ regions }) =>
    regions !== null && (regions.width !== size || regions.height !== size)
  )?.regions;
  if (regions) {
    throw new RunError(
      `explanations: found regions of ${regions.width} x ${regions.height} pixels, ` +
        `wanted ${size} x ${size}`,
    );
  }
}
