import assert from "node:assert/strict";
import type { ImageGroup } from "./dataset.ts";
import { imageFolder } from "./image_folder.ts";
import { assertRefused, inFolder, png } from "./testdata/in_folder.ts";

Deno.test("imageFolder() sorts names as text, any case of the ending, and takes the first", () =>
  inFolder(
    {
      "a/x_1001.png": png(1),
      "a/x_5.png": png(2),
      "a/x_2.PNG": png(3),
      "a/n.txt": "",
      "b.png": "",
    },
    async (root) => {
      const groups = await imageFolder(root, { samples: 2 });
      assert.deepEqual(groups.map(({ id, label }) => [id, label]), [["a", "a"]]);
      assert.deepEqual(groups[0]!.names, ["x_1001.png", "x_2.PNG"]);
      assert.deepEqual([...(await groups[0]!.read(1)).data], [3]);
    },
  ));

Deno.test("imageFolder() takes all images of each folder when no number is given", () =>
  inFolder({ "a/1.png": png(1), "b/1.png": png(2), "b/2.png": png(3) }, async (root) => {
    const counts = (groups: readonly ImageGroup[]) => groups.map(({ names }) => names.length);
    assert.deepEqual(counts(await imageFolder(root)), [1, 2]);
    await assertRefused(
      () => imageFolder(root, { offset: 1 }),
      /\/a: found 1 images, wanted at least 2$/,
    );
  }));

Deno.test("imageFolder() sorts by code units, not by alphabet", () =>
  inFolder({ "a/b.png": png(1), "a/B.png": png(2), "a/é.png": png(3) }, async (root) => {
    const [group] = await imageFolder(root, { samples: 3 });
    assert.deepEqual(group!.names, ["B.png", "b.png", "é.png"]);
  }));

Deno.test("imageFolder() takes the classes asked for, in that order", () =>
  inFolder({ "a/x.png": png(1), "b/x.png": png(2), "c/x.png": png(3) }, async (root) => {
    const listed = await imageFolder(root, { samples: 1, classes: ["c", "a"] });
    assert.deepEqual(listed.map(({ id, label }) => [id, label]), [["c", "c"], ["a", "a"]]);
    const named = await imageFolder(root, { samples: 1, classes: new Map([["b", "bee"]]) });
    assert.deepEqual(named.map(({ id, label }) => [id, label]), [["b", "bee"]]);
  }));

Deno.test("imageFolder() passes over as many as the offset says", () =>
  inFolder({ "a/1.png": png(1), "a/2.png": png(2), "a/3.png": png(3) }, async (root) => {
    const [group] = await imageFolder(root, { samples: 2, offset: 1 });
    assert.deepEqual(group!.names, ["2.png", "3.png"]);
    await assertRefused(
      () => imageFolder(root, { samples: 2, offset: 2 }),
      /\/a: found 3 images, wanted at least 4$/,
    );
  }));

Deno.test("imageFolder() follows links and passes over folders named like images", () =>
  inFolder({ "real/x.png": png(1), "real/y.png/z": "", "root/n.txt": "" }, async (folder) => {
    await Deno.symlink(`${folder}/real`, `${folder}/root/link`);
    await Deno.symlink(`${folder}/real/x.png`, `${folder}/real/link.png`);
    const [group] = await imageFolder(`${folder}/root`, { samples: 2 });
    assert.equal(group!.id, "link");
    assert.deepEqual(group!.names, ["link.png", "x.png"]);
    assert.deepEqual([...(await group!.read(0)).data], [1]);
  }));

Deno.test("imageFolder() changes its digest with a pixel, a name, the order and the count", async () => {
  const contents: Record<string, Uint8Array>[] = [
    { "a/x.png": png(1), "a/y.png": png(2) },
    { "a/x.png": png(2), "a/y.png": png(1) },
    { "a/x.png": png(1), "a/z.png": png(2) },
    { "a/x.png": png(1), "a/y.png": png(3) },
    { "a/x.png": png(1) },
  ];
  const digests: string[] = [];
  for (const files of contents) {
    await inFolder(files, async (root) => {
      const samples = Object.keys(files).length;
      digests.push(await (await imageFolder(root, { samples }))[0]!.digest());
    });
  }
  assert.equal(new Set(digests).size, contents.length);
});

Deno.test("imageFolder() gives the same digest for the same files elsewhere", async () => {
  const files = Object.fromEntries(
    Array.from({ length: 20 }, (_, i) => [`a/${i}.png`, png(i)] as const),
  );
  const digests = new Set<string>();
  for (let time = 0; time < 2; time++) {
    await inFolder(files, async (root) => {
      digests.add(await (await imageFolder(root, { samples: 20 }))[0]!.digest());
    });
  }
  assert.equal(digests.size, 1);
});

Deno.test("imageFolder() refuses folders that are missing, empty or too small", () =>
  inFolder({ "a/x.png": png(1), "b/n.txt": "", "e/f/x.png": png(1) }, async (root) => {
    const take = (folder: string, classes?: string[]) =>
      imageFolder(folder, { samples: 2, ...(classes && { classes }) });
    await assertRefused(() => take(root, ["a"]), /\/a: found 1 images, wanted at least 2$/);
    await assertRefused(() => take(root, ["b"]), /\/b: found 0 images, wanted at least 2$/);
    await assertRefused(() => take(root, ["c"]), /\/c: no such folder$/);
    await assertRefused(() => take(`${root}/no`), /\/no: no such folder$/);
    await assertRefused(() => take(`${root}/a/x.png`), /x\.png: no such folder$/);
    await assertRefused(() => take(`${root}/a`), /\/a: no folders with images in it$/);
  }));

Deno.test("imageFolder() names the file that is broken or has gone", () =>
  inFolder({ "a/x.png": png(1), "a/y.jpg": "text" }, async (root) => {
    const [group] = await imageFolder(root, { samples: 2 });
    await assertRefused(() => group!.read(1), /\/a\/y\.jpg: neither JPEG nor PNG/);
    await assert.rejects(() => group!.read(2), /Cannot read image 2 of 2/);
    await Deno.remove(`${root}/a/x.png`);
    await assertRefused(() => group!.read(0), /\/a\/x\.png: no such file$/);
    await assertRefused(() => group!.digest(), /\/a\/x\.png: no such file$/);
  }));
