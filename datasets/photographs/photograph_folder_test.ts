import assert from "node:assert/strict";
import { UsageError } from "../../harness/base/mod.ts";
import { assertRefused, inFolder, png } from "../testdata/in_folder.ts";
import { photographFolder } from "./photograph_folder.ts";

const OPTIONS = { testShare: 0.25, seed: 1 };

function files(...names: string[]): Record<string, Uint8Array | string> {
  return Object.fromEntries(names.map((name) => [name, png(1)]));
}

/** Four images of each of two classes. */
const UNDIVIDED = files(...["a", "b"].flatMap((of) => [1, 2, 3, 4].map((at) => `${of}/${at}.png`)));

Deno.test("photographFolder() takes the halves of a folder that is divided", () =>
  inFolder(
    files("train/b/2.jpg", "train/a/1.png", "test/a/1.png", "test/b/9.png"),
    async (root) => {
      const { classes, train, test } = await photographFolder(root, { testShare: 0, seed: 1 });
      assert.deepEqual(classes, ["a", "b"]);
      assert.deepEqual(train, [
        { name: "train/a/1.png", file: `${root}/train/a/1.png`, label: 0, box: null },
        { name: "train/b/2.jpg", file: `${root}/train/b/2.jpg`, label: 1, box: null },
      ]);
      assert.deepEqual(test.map(({ file }) => file), [
        `${root}/test/a/1.png`,
        `${root}/test/b/9.png`,
      ]);
    },
  ));

Deno.test("photographFolder() divides each class at random, the same way for the same seed", () =>
  inFolder(UNDIVIDED, async (root) => {
    const chosen = new Set<string>();
    for (let seed = 0; seed < 8; seed++) {
      const { train, test } = await photographFolder(root, { ...OPTIONS, seed });
      assert.deepEqual(test.map(({ label }) => label), [0, 1]);
      assert.equal(new Set([...train, ...test].map(({ name }) => name)).size, 8);
      assert.deepEqual((await photographFolder(root, { ...OPTIONS, seed })).test, test);
      chosen.add(test.map(({ name }) => name).join());
    }
    assert.ok(chosen.size > 1);
  }));

Deno.test("photographFolder() refuses classes that are empty, alone or in one half only", async () => {
  const refuses = (names: string[], message: RegExp) =>
    inFolder(
      files(...names),
      (root) => assertRefused(() => photographFolder(root, OPTIONS), message),
    );
  await refuses(["a/1.png", "b/n.txt"], /\/b: found 0 images, wanted at least 1$/);
  await refuses(["a/1.png", "a/2.png"], /: 1 class "a", wanted at least 2 folders$/);
  await refuses(["train/a/1.png"], /: found a folder "train" and no "test", wanted both or none$/);
  await refuses(
    ["train/a/1.png", "train/b/1.png", "test/a/2.png"],
    /\/test: no class "b", wanted the classes of train$/,
  );
  await refuses(
    ["train/a/1.png", "test/a/2.png", "test/c/2.png"],
    /\/train: no class "c", wanted the classes of test$/,
  );
  await refuses(["train/a/1.png", "test/a/2.png"], /: 1 class "a", wanted at least 2 folders$/);
});

Deno.test("photographFolder() refuses a share that leaves nothing for testing or training", () =>
  inFolder(UNDIVIDED, async (root) => {
    for (const testShare of [0, 1, -1, NaN]) {
      await assert.rejects(photographFolder(root, { testShare, seed: 1 }), UsageError);
    }
    await assert.rejects(
      photographFolder(root, { testShare: 0.1, seed: 1 }),
      new UsageError(
        `${root}/a: 4 images, of which the test share 0.1 takes 0, wanted at least 1 for testing and ` +
          "1 for training",
      ),
    );
  }));
