import assert from "node:assert/strict";
import { RunError } from "../harness/base/mod.ts";
import { parseIdxImages, parseIdxLabels } from "./idx.ts";

const LABELS = new Uint8Array([0, 0, 8, 1, 0, 0, 0, 2, 3, 4]);
const IMAGES = new Uint8Array([0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 3, 1, 2, 3, 4, 5, 6]);

function assertRefused(run: () => unknown, message: string): void {
  assert.throws(run, (error) => error instanceof RunError && error.message === message);
}

Deno.test("parseIdxImages() gives sizes and pixels", () => {
  const { count, height, width, pixels } = parseIdxImages(IMAGES, "i");
  assert.deepEqual([count, height, width], [2, 1, 3]);
  assert.deepEqual([...pixels], [1, 2, 3, 4, 5, 6]);
});

Deno.test("parseIdxLabels() gives the labels, also from the middle of a buffer", () => {
  assert.deepEqual([...parseIdxLabels(LABELS, "l")], [3, 4]);
  const longer = new Uint8Array([9, ...LABELS]);
  assert.deepEqual([...parseIdxLabels(longer.subarray(1), "l")], [3, 4]);
});

Deno.test("parseIdxImages() refuses a wrong magic number or length", () => {
  assertRefused(() => parseIdxImages(LABELS, "i"), "i: 10 bytes, wanted a header of 16");
  assertRefused(
    () => parseIdxImages(IMAGES.with(3, 1), "i"),
    "i: offset 0: magic number 2049, wanted 2051",
  );
  assertRefused(
    () => parseIdxImages(IMAGES.slice(0, 21), "i"),
    "i: 21 bytes, wanted 22 by its header",
  );
  assertRefused(
    () => parseIdxImages(IMAGES.map((byte, at) => at >= 4 && at < 16 ? 255 : byte), "i"),
    `i: 22 bytes, wanted ${16 + (2 ** 32 - 1) ** 3} by its header`,
  );
});

Deno.test("parseIdxLabels() refuses a wrong magic number, length or label", () => {
  assertRefused(() => parseIdxLabels(new Uint8Array(), "l"), "l: 0 bytes, wanted a header of 8");
  assertRefused(
    () => parseIdxLabels(LABELS.with(3, 3), "l"),
    "l: offset 0: magic number 2051, wanted 2049",
  );
  assertRefused(
    () => parseIdxLabels(LABELS.slice(0, 9), "l"),
    "l: 9 bytes, wanted 10 by its header",
  );
  assertRefused(
    () => parseIdxLabels(LABELS.with(9, 10), "l"),
    "l: offset 9: label 10, wanted 0 to 9",
  );
});
