import assert from "node:assert/strict";
import { encode } from "fast-png";
import { UsageError } from "../harness/base/mod.ts";
import { sharedTest } from "../harness/base/shared_data.ts";
import { decodeImage } from "../harness/images/mod.ts";
import { labelledFolder } from "./labelled_folder.ts";
import { imageAt } from "./labelled_images.ts";
import { assertRefused, inFolder, png } from "./testdata/in_folder.ts";

/** A picture of one colour. */
function coloured(width: number, height: number, ...colour: number[]): Uint8Array {
  const data = Uint8Array.from({ length: width * height * 3 }, (_, at) => colour[at % 3]!);
  return encode({ width, height, channels: 3, depth: 8, data });
}

/** Three squares of one colour each side by side. */
function stripes(side: number): Uint8Array {
  const width = 3 * side;
  const data = Uint8Array.from(
    { length: side * width * 3 },
    (_, at) => 100 * Math.floor((Math.floor(at / 3) % width) / side),
  );
  return encode({ width, height: side, channels: 3, depth: 8, data });
}

Deno.test("labelledFolder() gives classes and files in order, all of one size and in colour", () =>
  inFolder({
    "b/2.png": coloured(5, 9, 10, 20, 30),
    "b/10.png": stripes(4),
    "a/x.png": png(77),
    "n.txt": "",
  }, async (root) => {
    const images = await labelledFolder(root, { size: 4 });
    assert.deepEqual([images.width, images.height, images.channels], [4, 4, 3]);
    assert.deepEqual(images.classes, ["a", "b"]);
    assert.deepEqual(images.names, ["a/x.png", "b/10.png", "b/2.png"]);
    assert.deepEqual([...images.labels], [0, 1, 1]);
    assert.deepEqual([...imageAt(images, 0)], Array(48).fill(77));
    assert.deepEqual([...imageAt(images, 1)], Array(48).fill(100));
    assert.deepEqual([...imageAt(images, 2)], Array(16).fill([10, 20, 30]).flat());
  }));

Deno.test("labelledFolder() refuses fewer than two classes, an empty one and broken images", async () => {
  const refuses = (files: Record<string, Uint8Array | string>, message: RegExp) =>
    inFolder(files, (root) => assertRefused(() => labelledFolder(root, { size: 2 }), message));
  await refuses({ "a/x.png": png(1) }, /: 1 class "a", wanted at least 2 folders$/);
  await refuses({ "x.png": png(1) }, /: no folders with images in it$/);
  await refuses(
    { "a/x.png": png(1), "b/n.txt": "" },
    /\/b: found 0 images, wanted at least 1$/,
  );
  await refuses({ "a/x.png": png(1), "b/y.jpg": "text" }, /\/b\/y\.jpg: neither JPEG nor PNG/);
});

Deno.test("labelledFolder() refuses a size that is none, or too much memory", () =>
  inFolder({ "a/x.png": png(1), "b/x.png": png(1) }, async (root) => {
    for (const size of [0, -1, 1.5, NaN]) {
      await assert.rejects(labelledFolder(root, { size }), UsageError);
    }
    await assertRefused(
      () => labelledFolder(root, { size: 40_000 }),
      /: 2 images of 40000 x 40000 pixels need 9600000000 bytes, wanted at most 4294967296$/,
    );
  }));

sharedTest(
  "labelledFolder() leaves photographs of the wanted size as they are",
  (shared) =>
    inFolder({ "tench/n.txt": "", "church/n.txt": "" }, async (root) => {
      const photographs = new URL("data/imagenette/val/", shared).pathname;
      for (const [label, wnid] of [["tench", "n01440764"], ["church", "n03028079"]] as const) {
        const folder = `${photographs}${wnid}`;
        const name = [...Deno.readDirSync(folder)].map(({ name }) => name).sort()[0]!;
        await Deno.symlink(`${folder}/${name}`, `${root}/${label}/${name}`);
      }
      const images = await labelledFolder(root, { size: 224 });
      assert.deepEqual(images.classes, ["church", "tench"]);
      for (const [at, name] of images.names.entries()) {
        const { width, height, data } = await decodeImage(
          await Deno.readFile(`${root}/${name}`),
          name,
        );
        assert.deepEqual([width, height], [224, 224]);
        assert.deepEqual(imageAt(images, at), data);
      }
    }),
);
