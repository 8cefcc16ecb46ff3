import assert from "node:assert/strict";
import { readDownloads } from "../../datasets/downloads.ts";
import { sharedTest } from "../base/shared_data.ts";
import { selectImages } from "./select_images.ts";
import { namesIn } from "./testdata/pin_of.ts";

const WNID = "n02102040";
const CLASSES = { [WNID]: { name: "English springer", imagenet_index: 217 } };

const training = (split: string, ...numbers: number[]) =>
  numbers.map((number) => `${split}/${WNID}/${WNID}_${number}.JPEG`);
const validation = (split: string, ...numbers: number[]) =>
  numbers.map((n) => `${split}/${WNID}/ILSVRC2012_val_${String(n).padStart(8, "0")}.JPEG`);

Deno.test("selectImages() keeps training images with the smallest numbers in train", () => {
  const paths = [...training("train", 1001, 5, 40, 300), ...validation("train", 1, 2)];
  const selection = selectImages([...paths, ...training("val", 1)], {
    classes: CLASSES,
    trainImages: 3,
    valImages: 1,
  });
  assert.deepEqual(
    [...selection].sort(),
    [...training("train", 300, 40, 5), ...training("val", 1)],
  );
});

Deno.test("selectImages() keeps every validation image in val and fills up", () => {
  const paths = [...training("val", 70, 8, 9), ...validation("val", 4, 3)];
  const select = (valImages: number) =>
    [...selectImages([...paths, ...training("train", 1)], {
      classes: CLASSES,
      trainImages: 1,
      valImages,
    })].filter((path) => path.startsWith("val/")).sort();
  assert.deepEqual(select(3), [...validation("val", 3, 4), ...training("val", 8)]);
  assert.deepEqual(select(1), validation("val", 3, 4));
});

Deno.test("selectImages() ignores other classes, other files and names of another class", () => {
  const paths = [
    ...training("train", 1),
    ...training("val", 2),
    `train/${WNID}/n00000001_1.JPEG`,
    `train/n00000001/n00000001_1.JPEG`,
    `train/${WNID}/${WNID}_2.txt`,
    `train/${WNID}/deeper/${WNID}_3.JPEG`,
    "noisy_imagenette.csv",
  ];
  const wanted = { classes: CLASSES, trainImages: 1, valImages: 1 };
  assert.deepEqual([...selectImages(paths, wanted)], [paths[0], paths[1]]);
});

Deno.test("selectImages() refuses a class with too few images", () => {
  const wanted = { classes: CLASSES, trainImages: 3, valImages: 1 };
  assert.throws(
    () => selectImages([...training("train", 1, 2), ...training("val", 2)], wanted),
    /train\/n02102040: found 2 images, wanted 3/,
  );
});

sharedTest("selectImages() keeps every photograph of the shared copy", (shared) => {
  const root = new URL("data/imagenette/", shared).pathname;
  const paths = ["train", "val"].flatMap((split) =>
    namesIn(`${root}${split}`).flatMap((wnid) =>
      namesIn(`${root}${split}/${wnid}`).map((name) => `${split}/${wnid}/${name}`)
    )
  );
  assert.equal(paths.length, 3850);
  const pin = readDownloads().downloads["imagenet"]!.imagenette!;
  assert.deepEqual([...selectImages(paths, pin)].sort(), paths.sort());
});
