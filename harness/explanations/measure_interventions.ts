/**
 * Runs the interventions of the FunnyBirds protocol (Hesse et al. 2023, section 4).
 *
 * @module
 */
import { type RandomStream, RunError } from "../base/mod.ts";
import { drawContrastPair } from "./contrast_pair.ts";
import type { ExplainedModel } from "./explained_model.ts";
import { targetsOf } from "./image_targets.ts";
import {
  type InterventionImage,
  type InterventionPlan,
  planInterventions,
} from "./intervention_plan.ts";
import type { InterventionRecord } from "./intervention_record.ts";
import { type InterventionSource, NOTHING, type Removal } from "./intervention_source.ts";
import type { ImportanceConvention } from "./target_importance.ts";

/** How interventions are run. */
export interface InterventionOptions {
  readonly conventions: readonly ImportanceConvention[];
  /** Most images that the model sees at once. */
  readonly batch: number;
  /** Stream that draws the two classes of target sensitivity for image `image`. */
  readonly random: (image: number) => RandomStream;
  /** Called after each image. */
  readonly onImage?: () => void;
}

/**
 * The records of all images, for each convention. Renderings that several tests need are seen once.
 *
 * @throws {RunError} When truths have no regions, or a rendering is of another size than its image.
 */
export async function measureInterventions(
  model: ExplainedModel,
  source: InterventionSource,
  { conventions, batch, random, onImage }: InterventionOptions,
): Promise<Map<ImportanceConvention, InterventionRecord[]>> {
  const records = new Map(
    conventions.map((convention) => [convention, [] as InterventionRecord[]]),
  );
  for (let image = 0; image < source.images; image++) {
    const subject = await lookAt(model, source, image, random(image));
    const plans = conventions.map((convention) => planInterventions(subject, convention));
    const logits = await seen(model, source, image, plans, batch);
    logits.set(keyOf(NOTHING), subject.explanation.logits);
    for (const [at, plan] of plans.entries()) {
      records.get(conventions[at]!)!.push(plan.record((removal) => logits.get(keyOf(removal))!));
    }
    onImage?.();
  }
  return records;
}

async function lookAt(
  model: ExplainedModel,
  source: InterventionSource,
  image: number,
  random: RandomStream,
): Promise<InterventionImage> {
  const label = source.labelOf(image);
  const truth = await source.truthOf(image);
  const targets = targetsOf(truth, source.objectsOf(image), source.size);
  const visible = new Set(targets.filter(({ kind }) => kind === "part").map(({ id }) => id));
  const [explanation] = await model.explain(await source.render(image, NOTHING), 1);
  return {
    image,
    label,
    size: source.size,
    parts: truth.points.length,
    explanation: explanation!,
    targets,
    pair: drawContrastPair(source.variants, label, visible, random),
  };
}

/** Logits of all renderings that the plans want, by what is removed. */
async function seen(
  model: ExplainedModel,
  source: InterventionSource,
  image: number,
  plans: readonly InterventionPlan[],
  batch: number,
): Promise<Map<string, Float32Array>> {
  const wanted = new Map(
    plans.flatMap(({ removals }) => removals).map((removal) => [keyOf(removal), removal]),
  );
  wanted.delete(keyOf(NOTHING));
  const keys = [...wanted.keys()];
  const logits = new Map<string, Float32Array>();
  for (let first = 0; first < keys.length; first += batch) {
    const some = keys.slice(first, first + batch);
    const pixels = await Promise.all(some.map((key) => source.render(image, wanted.get(key)!)));
    const explanations = await model.explain(joined(pixels), some.length);
    for (const [at, key] of some.entries()) logits.set(key, explanations[at]!.logits);
  }
  return logits;
}

function joined(images: readonly Float32Array[]): Float32Array {
  const length = images[0]!.length;
  const all = new Float32Array(images.length * length);
  for (const [at, pixels] of images.entries()) {
    if (pixels.length !== length) {
      throw new RunError(`interventions: found ${pixels.length} pixels, wanted ${length}`);
    }
    all.set(pixels, at * length);
  }
  return all;
}

function keyOf({ parts, object }: Removal): string {
  return `${[...parts].sort((a, b) => a - b)}|${object}`;
}
