import assert from "node:assert/strict";
import { sha256 } from "../../harness/base/mod.ts";
import { assertRefused, inFolder, png } from "../testdata/in_folder.ts";
import type { Photograph } from "./photograph.ts";
import { photographDigests } from "./photograph_digests.ts";

const photograph = (root: string) => (name: string): Photograph => ({
  ...{ name, file: `${root}/${name}`, label: 0, box: null },
});

Deno.test("photographDigests() are those of the files", () =>
  inFolder({ "a/1": png(1), "a/2": png(2), "a/3": png(3) }, async (root) => {
    const [one, two, three] = ["a/1", "a/2", "a/3"].map(photograph(root));
    const set = { classes: ["a"], train: [one!, two!], test: [three!] };
    assert.deepEqual(await photographDigests(set), {
      train: [sha256(png(1)), sha256(png(2))],
      test: [sha256(png(3))],
    });
  }));

Deno.test("photographDigests() refuses a test image that is a training image by another name", () =>
  inFolder({ "a/1": png(1), "a/2": png(2), "b/3": png(2) }, async (root) => {
    const [one, two, three] = ["a/1", "a/2", "b/3"].map(photograph(root));
    await assertRefused(
      () => photographDigests({ classes: ["a"], train: [one!, two!], test: [three!] }),
      /\/b\/3: test image with the same bytes as the training image .*\/a\/2, wanted images of their/,
    );
  }));
