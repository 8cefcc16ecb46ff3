import assert from "node:assert/strict";
import { encode } from "fast-png";
import { UsageError } from "../../harness/base/mod.ts";
import { imageAt } from "../labelled_images.ts";
import { assertRefused, inFolder, png } from "../testdata/in_folder.ts";
import { loadPhotographs } from "./load_photographs.ts";
import type { CropBox, Photograph } from "./photograph.ts";

/** 4 x 2 pixels that count from 1, in red only, and an alpha channel. */
const COUNTING = encode({
  width: 4,
  height: 2,
  channels: 4,
  depth: 8,
  data: Uint8Array.from(
    { length: 32 },
    (_, at) => at % 4 === 0 ? 1 + at / 4 : at % 4 === 3 ? 9 : 0,
  ),
});

const CLASSES = ["a", "b"];

function photographs(root: string, box: CropBox | null = null): Photograph[] {
  return [
    { name: "a/grey", file: `${root}/a/grey.png`, label: 0, box: null },
    { name: "b/red", file: `${root}/b/red.png`, label: 1, box },
  ];
}

const box = (left: number, top: number, width: number, height: number): CropBox => ({
  ...{ left, top, width, height },
  place: "boxes.txt: line 2",
});

const FILES = { "a/grey.png": png(50), "b/red.png": COUNTING };

Deno.test("loadPhotographs() gives RGB of one size: grey thrice, without alpha, aspect not kept", () =>
  inFolder(FILES, async (root) => {
    const { images, windows } = await loadPhotographs(photographs(root), CLASSES, {
      size: 2,
      set: "set",
    });
    assert.deepEqual([images.width, images.height, images.channels], [2, 2, 3]);
    assert.deepEqual(images.names, ["a/grey", "b/red"]);
    assert.deepEqual([...images.labels], [0, 1]);
    assert.deepEqual([...imageAt(images, 0)], Array(12).fill(50));
    const red = [...imageAt(images, 1)];
    assert.ok(red.every((value, at) => at % 3 === 0 || value === 0));
    assert.ok(red[0]! < red[3]! && red[6]! > red[3]!);
    assert.deepEqual(windows, [
      { left: 0, top: 0, width: 1, height: 1 },
      { left: 0, top: 0, width: 4, height: 2 },
    ]);
  }));

Deno.test("loadPhotographs() keeps what the box has, but for a pixel over the edge", () =>
  inFolder(FILES, async (root) => {
    const load = (of: CropBox) =>
      loadPhotographs(photographs(root, of), CLASSES, { size: 2, set: "set" });
    const exact = await load(box(1, 0, 2, 2));
    assert.deepEqual([...imageAt(exact.images, 1)].filter((_, at) => at % 3 === 0), [2, 3, 6, 7]);
    const over = await load(box(2, 0, 3, 3));
    assert.deepEqual([...imageAt(over.images, 1)].filter((_, at) => at % 3 === 0), [3, 4, 7, 8]);
    assert.deepEqual(over.windows[1], { left: 2, top: 0, width: 2, height: 2 });
    const outside = [
      ...[box(2, 0, 4, 2), box(0, 0, 2, 4), box(4, 0, 1, 1), box(0, 2, 1, 1)],
      box(-1, 0, 2, 2),
    ];
    for (const of of outside) {
      await assertRefused(
        () => load(of),
        /^boxes\.txt: line 2: box from .*, wanted it inside .*b\/red\.png of 4 x 2 pixels$/,
      );
    }
  }));

Deno.test("loadPhotographs() refuses too much memory before reading, bad sizes, broken files", () =>
  inFolder({ ...FILES, "a/grey.png": "text" }, async (root) => {
    await assertRefused(
      () => loadPhotographs(photographs("absent"), CLASSES, { size: 20_000, set: "birds train" }),
      /^birds train: 2 images of 20000 x 20000 pixels need 2\.24 GiB, wanted at most 2 GiB: choose/,
    );
    await assertRefused(
      () => loadPhotographs(photographs("absent"), CLASSES, { size: 2, set: "a", mostBytes: 23 }),
      /^a: 2 images of 2 x 2 pixels need 24 bytes, wanted at most 23 bytes/,
    );
    await assertRefused(
      () => loadPhotographs(photographs(root), CLASSES, { size: 2, set: "set" }),
      /grey\.png: neither JPEG nor PNG/,
    );
    for (const size of [0, 1.5, NaN]) {
      await assert.rejects(loadPhotographs([], CLASSES, { size, set: "set" }), UsageError);
    }
  }));
