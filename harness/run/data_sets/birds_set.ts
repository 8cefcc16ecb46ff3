/**
 * The procedural *birds* in a run. Each replicate has other birds of the same classes.
 *
 * @module
 */
import {
  type BirdImages,
  BIRDS_VERSION,
  classTable,
  keepParts,
  PARTS,
  renderBirds,
  renderScene,
  type Split,
  SPLITS,
  withoutObject,
} from "../../../datasets/birds/mod.ts";
import {
  canonicalJson,
  randomStream,
  RunError,
  sampleWithoutReplacement,
  sha256,
} from "../../base/mod.ts";
import type { DataSpec } from "../../spec/mod.ts";
import type { TrainingImages } from "../../train/mod.ts";
import type { DataSet, KnownParts, KnownScenes } from "./data_set.ts";
import { labelledGroup } from "./labelled_group.ts";

type BirdsSpec = Extract<DataSpec, { set: "birds" }>;

/** @param seed Replicate r draws the birds of seed + r. */
export function birdsSet(spec: BirdsSpec, seed: number): DataSet {
  const { size, classes, spurious, preprocessing } = spec;
  const perClass: Readonly<Record<Split, number>> = {
    train: spec.trainPerClass,
    validation: spec.validationPerClass,
    test: spec.testPerClass,
  };
  const rendered = new Map<string, BirdImages>();
  const render = (split: Split, replicate: number): BirdImages => {
    const key = `${split} ${replicate}`;
    const known = rendered.get(key);
    if (known) return known;
    const made = renderBirds({
      seed: seed + replicate,
      size,
      classes,
      split,
      perClass: perClass[split],
      spurious,
    });
    rendered.set(key, made);
    return made;
  };
  const images = (split: Split, replicate: number): TrainingImages => ({
    images: render(split, replicate).images,
    preprocessing,
    luminance: null,
  });
  const identity = (replicate: number) =>
    sha256(canonicalJson({ ...spec, seed: seed + replicate, version: BIRDS_VERSION }));
  return {
    title: `birds of ${classes} classes, ${size} pixels` +
      (spurious > 0 ? `, flowers of the class in ${100 * spurious} % of the backgrounds` : ""),
    source: "drawn by this project from a seed; datasets/birds",
    groups: (samples, replicate) =>
      Promise.try(() => {
        const count = classes * perClass.test;
        if (samples > count) {
          throw new RunError(`birds test: ${count} images, wanted at least ${samples}`);
        }
        const random = randomStream(seed + replicate, "profiled images");
        return [labelledGroup({
          id: `seed-${seed + replicate}`,
          label: `test birds of seed ${seed + replicate}`,
          members: sampleWithoutReplacement(random, count, samples),
          identity: sha256(canonicalJson({ images: identity(replicate), samples })),
          load: () => Promise.resolve(images("test", replicate)),
        })];
      }),
    training: (replicate) =>
      Promise.resolve({
        identity: identity(replicate),
        size: classes * perClass.train,
        shape: { width: size, height: size, channels: 3 },
        load: () =>
          Promise.resolve({
            train: images("train", replicate),
            validation: images("validation", replicate),
            test: images("test", replicate),
            parts: knownParts(SPLITS.map((split) => render(split, replicate))),
            scenes: knownScenes(SPLITS.map((split) => render(split, replicate)), spec),
          }),
      }),
  };
}

function knownParts(sets: readonly BirdImages[]): KnownParts {
  const find = finder(sets);
  return {
    names: PARTS,
    isComplete: (image) => {
      const { set, at } = find(image);
      return set.complete[at]!;
    },
    truth: (image) => {
      const { set, at } = find(image);
      return set.truth(at);
    },
  };
}

function knownScenes(sets: readonly BirdImages[], { classes, size }: BirdsSpec): KnownScenes {
  const find = finder(sets);
  const sceneOf = (image: string) => {
    const { set, at } = find(image);
    return set.scene(at);
  };
  const table = classTable(classes);
  return {
    variants: table.classes.map(({ variants }) => variants),
    sufficientSets: table.classes.map(({ sufficient }) => sufficient),
    variantsOf: (image) => sceneOf(image).variants,
    objectsOf: (image) => sceneOf(image).objects.map(({ id }) => id),
    draw(image, { parts, object }) {
      const scene = sceneOf(image);
      const kept = PARTS.flatMap((_, part) => parts.includes(part) ? [] : [part]);
      const changed = keepParts(scene, kept);
      return renderScene(object === null ? changed : withoutObject(changed, object), size).pixels;
    },
  };
}

/** Finds an image by its name. */
function finder(sets: readonly BirdImages[]) {
  const places = new Map(
    sets.flatMap((set) => set.images.names.map((name, at) => [name, { set, at }] as const)),
  );
  return (image: string) => {
    const place = places.get(image);
    if (!place) throw new RangeError(`Cannot find the bird "${image}": no such bird`);
    return place;
  };
}
