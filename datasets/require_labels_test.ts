import assert from "node:assert/strict";
import { RunError } from "../harness/base/mod.ts";
import type { LabelledImages } from "./labelled_images.ts";
import { requireLabels } from "./require_labels.ts";
import { someImages } from "./testdata/some_images.ts";

function refuses(change: Partial<LabelledImages>, message: string): void {
  assert.throws(
    () => requireLabels({ ...someImages(), ...change }, "a set"),
    new RunError(`a set: ${message}`),
  );
}

Deno.test("requireLabels() gives back images that hold what they promise", () => {
  for (const channels of [1, 3] as const) {
    const images = someImages(channels);
    assert.equal(requireLabels(images, "a set"), images);
  }
});

Deno.test("requireLabels() refuses a label that is no class", () => {
  refuses({ labels: Int32Array.of(0, 1, 0, 2, 0, 0) }, 'image 3 "d": label 2, wanted 0 to 1');
  refuses({ labels: Int32Array.of(0, -1, 0, 1, 0, 0) }, 'image 1 "b": label -1, wanted 0 to 1');
});

Deno.test("requireLabels() refuses a class without images", () => {
  refuses({ labels: new Int32Array(6) }, 'class 1 "odd": found 0 images, wanted at least 1');
  refuses(
    { classes: ["even", "odd", "none"] },
    'class 2 "none": found 0 images, wanted at least 1',
  );
});

Deno.test("requireLabels() refuses lengths that contradict each other", () => {
  refuses({ names: ["a"] }, "names: 1, wanted 6, the number of labels");
  refuses(
    { pixels: new Uint8Array(11) },
    "pixels: 11 bytes, wanted 12 for 6 images of 2 x 1 x 1",
  );
  const sizes = "wanted sizes from 1 on and 1 or 3 channels";
  refuses({ channels: 2 }, `images of 2 x 1 pixels with 2 channels, ${sizes}`);
  refuses({ width: 0 }, `images of 0 x 1 pixels with 1 channels, ${sizes}`);
});

Deno.test("requireLabels() refuses names that come twice", () => {
  refuses(
    { names: ["a", "b", "c", "a", "e", "f"] },
    'image 3: name "a" as image 0, wanted names that differ',
  );
  refuses({ classes: ["odd", "odd"] }, 'class 1: name "odd" as class 0, wanted names that differ');
});
