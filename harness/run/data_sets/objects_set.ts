/**
 * The rendered *objects* in a run, with or without their veil. Each replicate has other objects.
 *
 * @module
 */
import {
  OBJECTS_VERSION,
  renderObjects,
  VEIL_PROVENANCE,
  veiled,
} from "../../../datasets/objects/mod.ts";
import { splitPerClass } from "../../../datasets/split_per_class.ts";
import { canonicalJson, randomStream, sampleWithoutReplacement, sha256 } from "../../base/mod.ts";
import type { DataSpec } from "../../spec/mod.ts";
import type { TrainingImages } from "../../train/mod.ts";
import type { DataSet, LoadedTrainingSet } from "./data_set.ts";
import { labelledGroup } from "./labelled_group.ts";

type ObjectsSpec = Extract<DataSpec, { set: "objects" }>;

/** What is rendered for one replicate, once. */
interface Rendered {
  /** Without a veil, for training that lays a fresh one over each image. */
  readonly bare: LoadedTrainingSet;
  /** As profiles and tests see them. */
  readonly shown: LoadedTrainingSet;
  readonly all: TrainingImages;
}

/** @param seed Replicate r renders the objects of seed + r. */
export function objectsSet(spec: ObjectsSpec, seed: number): DataSet {
  const { size, objects, views, veil, testShare } = spec;
  const rendered = new Map<number, Rendered>();
  const render = (replicate: number): Rendered => {
    const known = rendered.get(replicate);
    if (known) return known;
    const made = renderReplicate(spec, seed + replicate);
    rendered.set(replicate, made);
    return made;
  };
  const identity = (replicate: number) =>
    sha256(canonicalJson({ ...spec, seed: seed + replicate, version: OBJECTS_VERSION }));
  return {
    title: `objects, ${objects} with ${views} views, ${size} pixels, ${veil ? "veiled" : "bare"}`,
    source: `rendered by this project from a seed; datasets/objects${
      veil ? `. ${VEIL_PROVENANCE}` : ""
    }`,
    groups(samples, replicate) {
      const random = randomStream(seed + replicate, "profiled images");
      const members = sampleWithoutReplacement(random, objects * views, samples);
      return Promise.resolve([labelledGroup({
        id: `seed-${seed + replicate}`,
        label: `objects of seed ${seed + replicate}`,
        members,
        identity: sha256(canonicalJson({ images: identity(replicate), samples })),
        load: () => Promise.resolve(render(replicate).all),
      })]);
    },
    training: (replicate) =>
      Promise.resolve({
        identity: identity(replicate),
        size: objects * (views - Math.round(testShare * views)),
        shape: { width: size, height: size, channels: 3 },
        load(augmentations) {
          const { bare, shown } = render(replicate);
          const isFresh = augmentations.some(({ kind }) => kind === "veil");
          return Promise.resolve({ train: (isFresh ? bare : shown).train, test: shown.test });
        },
      }),
  };
}

function renderReplicate(spec: ObjectsSpec, seed: number): Rendered {
  const { size, objects, views, veil, testShare, preprocessing } = spec;
  const plain = renderObjects({ seed, size, objects, views });
  const seen = veil ? veiled(plain, seed) : plain;
  const split = { test: testShare, validation: 0, seed };
  const asImages = (images: typeof plain): TrainingImages => ({
    images,
    preprocessing,
    luminance: null,
  });
  const parts = (images: typeof plain): LoadedTrainingSet => {
    const { train, test } = splitPerClass(images, split);
    return { train: asImages(train), test: asImages(test) };
  };
  return { bare: parts(plain), shown: parts(seen), all: asImages(seen) };
}
