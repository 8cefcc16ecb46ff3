/**
 * How good the explanations of a model are, as entries of a result.
 *
 * @module
 */
import { randomStream } from "../../base/mod.ts";
import {
  type Average,
  backgroundIndependence,
  completenessOf,
  compositeOf,
  contrastivityOf,
  correctnessOf,
  type ExplainedModel,
  globalSize,
  type ImportanceConvention,
  meanExplainability,
  measureInterventions,
  measureUnits,
  partsInBox,
  sparsityOf,
  type TruthBatch,
  type UnitMeasures,
} from "../../explanations/mod.ts";
import type { Box, PrototypeLayer } from "../../prototypes/mod.ts";
import type { MetricResult } from "../../spec/mod.ts";
import { type TrainingImages, writeImage } from "../../train/mod.ts";
import { imageAt } from "../../../datasets/labelled_images.ts";
import type { KnownParts, KnownScenes } from "../data_sets/mod.ts";

/** Images that are explained at once. */
const BATCH = 16;

/** Images on which interventions are tried, the first of each class. */
const INTERVENED_PER_CLASS = 3;

/** What the measures need to know. */
export interface MeasuredImages {
  readonly test: TrainingImages;
  readonly parts: KnownParts;
  readonly seed: number;
  readonly signal: AbortSignal;
}

/** What units do on test images with known parts. */
export async function unitMeasures(
  model: ExplainedModel,
  { test, parts, seed, signal }: MeasuredImages,
  sources: readonly { readonly image: string; readonly box: Box }[] | null,
): Promise<UnitMeasures> {
  return await measureUnits(model, truthBatches(test, parts, signal), {
    size: test.images.width,
    noise: (image) => randomStream(seed, "stability", image),
    ...(parts.merged && { groups: parts.merged.groups }),
    ...(sources && {
      sourceParts: sources.map(({ image, box }) => partsInBox(parts.truth(image), box)),
    }),
  });
}

function* truthBatches(
  source: TrainingImages,
  parts: KnownParts,
  signal: AbortSignal,
): Generator<TruthBatch> {
  const { names, labels } = source.images;
  for (let first = 0; first < labels.length; first += BATCH) {
    signal.throwIfAborted();
    const members = names.slice(first, first + BATCH);
    yield {
      pixels: normalised(source, first, members.length),
      labels: labels.subarray(first, first + BATCH),
      truths: members.map((name) => parts.truth(name)),
    };
  }
}

/** The network's input for some images that follow each other. */
function normalised(source: TrainingImages, first: number, count: number): Float32Array {
  const { width, height, channels } = source.images;
  const size = width * height * channels;
  const pixels = new Float32Array(count * size);
  for (let at = 0; at < count; at++) {
    writeImage(source, first + at, imageAt(source.images, first + at), pixels, at * size);
  }
  return pixels;
}

/** The measures of units as entries of a result. */
export function unitEntries(measures: UnitMeasures, { merged }: KnownParts): MetricResult[] {
  const { purity, images } = measures;
  const on = `${images} test images`;
  const sides = merged ? ", left and right part as one" : "";
  return [
    entry("purity", purity.purity, `10 best test images of a unit, box of 32/224${sides}; ${on}`),
    entry("purity of the part most often hit", purity.ofMostHit, "as purity"),
    entry("consistency", measures.consistency, `box of 72/224 about the peak, edge 0.8; ${on}`),
    entry("stability", measures.stability, `Gaussian noise 0.2 cut at 0.25; ${on}`),
    entry("overlap with a part's box", measures.partOverlap, "95th-percentile box, best part"),
    entry("energy on the bird", measures.objectEnergy, "share of the upsampled map"),
    entry("energy on the best part", measures.partEnergy, "share of the upsampled map"),
    entry(
      "reasonable pairs",
      measures.reasonablePairs,
      "box on the source image and box on the test image hold a common part",
    ),
    entry("local size", measures.localSize, "units for 90 % of the predicted class's points"),
    entry("active units", measures.activeUnits, "units that answer above 10 % of the strongest"),
  ].filter(({ over }) => over > 0);
}

/** Sizes and sparsity of a prototype layer. */
export function layerEntries(
  layer: PrototypeLayer,
  accuracy: number,
  measures: UnitMeasures | null,
): MetricResult[] {
  const units = layer.classOf.length;
  const { absolute } = sparsityOf(layer.weights);
  const single = (id: string, value: number, convention: string): MetricResult => ({
    id,
    value,
    standardDeviation: null,
    over: units,
    convention,
  });
  const composite = measures?.stability.mean == null || measures.consistency.mean === null
    ? null
    : compositeOf(layer, {
      accuracy,
      stability: measures.stability.mean,
      consistency: measures.consistency.mean,
    });
  return [
    single("global size", globalSize(layer.weights, units), "units with a weight above 0.001"),
    single("sparsity", absolute, "share of last-layer weights within 0.001 of 0"),
    ...(composite
      ? [single("prototype score", composite.prototypeScore, "ProtoPNeXt's composite")]
      : []),
  ];
}

/** FunnyBirds' protocol on the first test images of each class. */
export async function interventionEntries(
  model: ExplainedModel,
  { test, parts, seed }: MeasuredImages,
  scenes: KnownScenes,
  onImage: () => void,
): Promise<MetricResult[]> {
  const members = firstOfEachClass(test.images.labels, INTERVENED_PER_CLASS);
  const { names, labels, width, height, channels } = test.images;
  const records = await measureInterventions(
    model,
    {
      images: members.length,
      size: width,
      labelOf: (at) => labels[members[at]!]!,
      truthOf: (at) => parts.truth(names[members[at]!]!),
      objectsOf: (at) => scenes.objectsOf(names[members[at]!]!),
      render(at, removal) {
        const pixels = new Float32Array(width * height * channels);
        writeImage(test, members[at]!, scenes.draw(names[members[at]!]!, removal), pixels, 0);
        return pixels;
      },
      variants: scenes.variants,
      sufficientSets: scenes.sufficientSets,
    },
    {
      conventions: ["boxes", "maps"],
      batch: BATCH,
      random: (at) => randomStream(seed, "target sensitivity", at),
      onImage,
    },
  );
  const on = `${members.length} test images`;
  const independence = backgroundIndependence(records.get("maps")!);
  return [
    entry("background independence", independence, `removed objects; ${on}`),
    ...[...records].flatMap(([convention, own]) => {
      const complete = completenessOf(own, scenes.sufficientSets);
      const correct = correctnessOf(own);
      const contrast = contrastivityOf(own);
      const by = `${CONVENTIONS[convention]}; ${on}`;
      const whole = (id: string, value: number | null): MetricResult => ({
        id: `${id} (${convention})`,
        value,
        standardDeviation: null,
        over: members.length,
        convention: by,
      });
      return [
        entry(`CSDC (${convention})`, complete.csdc, by),
        entry(`preservation (${convention})`, complete.pc, by),
        entry(`deletion (${convention})`, complete.dc, by),
        entry(`distractibility (${convention})`, complete.d, by),
        whole("completeness", complete.completeness),
        entry(`correctness (${convention})`, correct, by),
        entry(`contrastivity (${convention})`, contrast, by),
        whole("mean explainability", meanExplainability(complete, correct, contrast)),
      ];
    }),
  ];
}

const CONVENTIONS: Readonly<Record<ImportanceConvention, string>> = {
  boxes: "importance from 95th-percentile boxes, as FunnyBirds takes ProtoPNet",
  maps: "importance from the whole similarity maps",
};

/** Number of images that {@linkcode interventionEntries} looks at. */
export function intervenedImages({ images }: TrainingImages): number {
  return firstOfEachClass(images.labels, INTERVENED_PER_CLASS).length;
}

function firstOfEachClass(labels: Int32Array, count: number): number[] {
  const seen = new Map<number, number>();
  return [...labels.keys()].filter((at) => {
    const before = seen.get(labels[at]!) ?? 0;
    seen.set(labels[at]!, before + 1);
    return before < count;
  });
}

function entry(id: string, { mean, deviation, over }: Average, convention: string): MetricResult {
  return { id, value: mean, standardDeviation: deviation, over, convention };
}
