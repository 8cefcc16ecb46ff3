import assert from "node:assert/strict";
import { assertRefused, inFolder, png } from "../../../datasets/testdata/in_folder.ts";
import { folderSet } from "./folder_set.ts";

const SETTINGS = { set: "folder", testShare: 0.5, size: 2, split: "test" } as const;

/** Four images of each of two classes, all different. */
const FILES = Object.fromEntries(
  Array.from({ length: 8 }, (_, at) => [`${at < 4 ? "a" : "b"}/${at}.png`, png(10 * at)]),
);

Deno.test("folderSet() divides a folder, each replicate in its own way", () =>
  inFolder(FILES, async (path) => {
    const set = folderSet({ ...SETTINGS, path }, 1);
    const identities = new Set<string>();
    for (let replicate = 0; replicate < 6; replicate++) {
      const training = await set.training!(replicate);
      identities.add(training.identity);
      const { train, test, parts } = await training.load([]);
      assert.equal(parts, undefined);
      assert.deepEqual([...test.images.labels], [0, 0, 1, 1]);
      assert.equal(new Set([...train.images.names, ...test.images.names]).size, 8);
    }
    assert.ok(identities.size > 1);
    const other = await folderSet({ ...SETTINGS, path }, 2).training!(0);
    assert.equal(other.identity, (await set.training!(1)).identity);
  }));

Deno.test("folderSet() refuses the same bytes in both halves", () =>
  inFolder(
    {
      "train/a/1.png": png(1),
      "train/b/1.png": png(2),
      "test/a/1.png": png(3),
      "test/b/1.png": png(1),
    },
    (path) =>
      assertRefused(
        () => folderSet({ ...SETTINGS, path }, 1).training!(0),
        /\/test\/b\/1\.png: test image with the same bytes as the training image .*\/train\/a\/1\.png/,
      ),
  ));
