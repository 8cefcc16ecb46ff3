/**
 * Photographs in files as a data set of a run.
 *
 * @module
 */
import {
  type LoadedPhotographs,
  loadPhotographs,
  type Photograph,
  type PhotographDigests,
  photographDigests,
  type PhotographSet,
} from "../../../datasets/mod.ts";
import {
  canonicalJson,
  randomStream,
  RunError,
  sampleWithoutReplacement,
  sha256,
} from "../../base/mod.ts";
import type { Preprocessing } from "../../images/mod.ts";
import type { DataSpec } from "../../spec/mod.ts";
import type { TrainingImages } from "../../train/mod.ts";
import type { DataSet, KnownParts } from "./data_set.ts";
import { labelledGroup } from "./labelled_group.ts";

type Settings = Pick<
  Extract<DataSpec, { set: "cub200" | "folder" }>,
  "size" | "split" | "preprocessing" | "validationShare"
>;

const HALVES = ["train", "test"] as const;

/** What becomes a data set. */
export interface PhotographSource<S extends PhotographSet> {
  readonly title: string;
  readonly source: string;
  readonly settings: Settings;
  /** Of the images that are drawn for profiles. */
  readonly seed: number;
  /** Lists the photographs of a replicate. */
  list(replicate: number): Promise<S>;
  /** What is known about parts, from the windows that the images show. */
  parts?(set: S, windows: Readonly<Record<Half, LoadedPhotographs["windows"]>>): KnownParts | null;
}

type Half = (typeof HALVES)[number];

interface Opened<S> {
  readonly set: S;
  readonly identity: string;
  readonly half: Readonly<Record<Half, () => Promise<LoadedPhotographs>>>;
}

/** Lists and digests are made at the first question, the pixels of a half when they are needed. */
export function photographSet<S extends PhotographSet>(
  { title, source, settings, seed, list, parts }: PhotographSource<S>,
): DataSet {
  const { size, split, validationShare } = settings;
  const preprocessing = settings.preprocessing ?? imagenetPreprocessing(size);
  const open = perReplicate(async (replicate): Promise<Opened<S>> => {
    const set = await list(replicate);
    const digests = await photographDigests(set);
    const load = (half: Half) =>
      once(() => loadPhotographs(set[half], set.classes, { size, set: `${title}, ${half}` }));
    const identity = sha256(canonicalJson({ size, preprocessing, images: linesOf(set, digests) }));
    return { set, identity, half: { train: load("train"), test: load("test") } };
  });
  const trainingImages = ({ images }: LoadedPhotographs): TrainingImages => ({
    images,
    preprocessing,
    luminance: null,
  });
  return {
    title,
    source,
    async groups(samples, replicate) {
      const { set, identity, half } = await open(replicate);
      const count = set[split].length;
      if (samples > count) {
        throw new RunError(`${title}, ${split}: ${count} images, wanted at least ${samples}`);
      }
      const random = randomStream(seed + replicate, "profiled images");
      const members = sampleWithoutReplacement(random, count, samples);
      return [labelledGroup({
        id: split,
        label: `${split} images`,
        members,
        identity: sha256(canonicalJson({ images: identity, split, members: [...members] })),
        load: async () => trainingImages(await half[split]()),
      })];
    },
    async training(replicate) {
      const { set, identity, half } = await open(replicate);
      return {
        ...(validationShare === undefined
          ? { identity }
          : { identity: sha256(canonicalJson({ identity, validationShare })), validationShare }),
        size: set.train.length,
        shape: { width: size, height: size, channels: 3 },
        async load() {
          const [train, test] = [await half.train(), await half.test()];
          const known = parts?.(set, { train: train.windows, test: test.windows });
          return {
            train: trainingImages(train),
            test: trainingImages(test),
            ...(known && { parts: known }),
          };
        },
      };
    },
  };
}

function imagenetPreprocessing(size: number): Preprocessing {
  return {
    shortSide: null,
    crop: size,
    mean: [0.485, 0.456, 0.406],
    std: [0.229, 0.224, 0.225],
  };
}

/** What decides the pixels and labels of each image. */
function linesOf({ train, test, classes }: PhotographSet, digests: PhotographDigests) {
  const line = (digest: string, { name, label, box }: Photograph) => [
    ...[name, classes[label], digest],
    box && [box.left, box.top, box.width, box.height],
  ];
  return {
    train: train.map((photograph, at) => line(digests.train[at]!, photograph)),
    test: test.map((photograph, at) => line(digests.test[at]!, photograph)),
  };
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => made ??= make();
}

function perReplicate<T>(
  make: (replicate: number) => Promise<T>,
): (replicate: number) => Promise<T> {
  const made = new Map<number, Promise<T>>();
  return (replicate) => {
    const known = made.get(replicate) ?? make(replicate);
    made.set(replicate, known);
    return known;
  };
}
