import assert from "node:assert/strict";
import { encode as encodePng } from "fast-png";
import { RunError } from "../harness/base/mod.ts";
import { sharedTest } from "../harness/base/shared_data.ts";
import { parseIdxImages, parseIdxLabels } from "./idx.ts";
import { imageFolder, imagenette, mnist, readModelFile, readModels } from "./mod.ts";

const png = (grey: number) =>
  encodePng({ width: 1, height: 1, channels: 1, depth: 8, data: new Uint8Array([grey]) });

async function inFolder(
  files: Record<string, Uint8Array | string>,
  body: (folder: string) => Promise<void>,
): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    for (const [name, content] of Object.entries(files)) {
      const path = `${folder}/${name}`;
      await Deno.mkdir(path.slice(0, path.lastIndexOf("/")), { recursive: true });
      if (typeof content === "string") await Deno.writeTextFile(path, content);
      else await Deno.writeFile(path, content);
    }
    await body(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

function refuses(run: () => Promise<unknown>, message: RegExp): Promise<void> {
  return assert.rejects(
    run,
    (error) => error instanceof RunError && message.test(error.message),
  );
}

Deno.test("imageFolder() sorts names as text and takes the first ones", async () => {
  const files = { "a/x_1001.png": png(1), "a/x_5.png": png(2), "a/x_2.PNG": png(3), "a/n.txt": "" };
  await inFolder(files, async (root) => {
    const [group] = await imageFolder(root, { samples: 2 });
    assert.deepEqual(group!.names, ["x_1001.png", "x_2.PNG"]);
    assert.deepEqual([...(await group!.read(1)).data], [3]);
  });
});

Deno.test("imageFolder() changes its digest when a pixel or a name changes", async () => {
  const digests: string[] = [];
  for (const files of [{ "a/x.png": png(1) }, { "a/x.png": png(2) }, { "a/y.png": png(1) }]) {
    await inFolder(files, async (root) => {
      digests.push(await (await imageFolder(root, { samples: 1 }))[0]!.digest());
    });
  }
  assert.equal(new Set(digests).size, 3);
});

Deno.test("imageFolder() refuses a class with too few images", () =>
  inFolder(
    { "a/x.png": png(1) },
    (root) =>
      refuses(() => imageFolder(root, { samples: 3 }), /\/a: found 1 images, wanted at least 3/),
  ));

Deno.test("imageFolder() refuses a folder without folders, and a missing one", () =>
  inFolder({ "x.png": png(1) }, async (root) => {
    await refuses(() => imageFolder(root, { samples: 1 }), /no folders with images/);
    await refuses(() => imageFolder(`${root}/no`, { samples: 1 }), /no: no such folder/);
  }));

Deno.test("imagenette() says how to get the photographs when they are absent", () =>
  inFolder({ x: "" }, (root) =>
    refuses(
      () => imagenette(root, { split: "train", samples: 1 }),
      /classes\.json: no such file; "deno task fetch imagenet" brings it/,
    )));

sharedTest("imagenette() gives seven classes of 500 images", async (shared) => {
  const groups = await imagenette(shared.pathname, { split: "train", samples: 500 });
  assert.deepEqual(groups.map(({ label }) => label).slice(0, 3), [
    "tench",
    "English springer",
    "chain saw",
  ]);
  assert.equal(groups.length, 7);
  assert.ok(groups.every(({ names }) => names.length === 500));
});

Deno.test("mnist() groups the test images by digit", async () => {
  const groups = await mnist({ split: "test", by: "digit", samples: 800 });
  assert.deepEqual(groups.map(({ id }) => id).slice(0, 2), ["digit-0", "digit-1"]);
  const image = await groups[7]!.read(0);
  assert.equal(groups[7]!.names[0], "test-00000");
  assert.equal(image.width * image.height, image.data.length);
});

Deno.test("mnist() refuses more images than a digit has", () =>
  refuses(
    () => mnist({ split: "test", by: "digit", samples: 900 }),
    /digit 5: 892 images, wanted at least 900/,
  ));

Deno.test("parseIdxImages() and parseIdxLabels() refuse wrong magic, length and label", () => {
  const labels = new Uint8Array([0, 0, 8, 1, 0, 0, 0, 2, 3, 4]);
  assert.deepEqual([...parseIdxLabels(labels, "l")], [3, 4]);
  assert.throws(() => parseIdxImages(labels, "l"), /l: 10 bytes, wanted a header of 16/);
  assert.throws(() => parseIdxLabels(labels.slice(0, 9), "l"), /l: 9 bytes, wanted 10/);
  assert.throws(() => parseIdxLabels(labels.with(9, 10), "l"), /l: offset 9: label 10/);
  assert.throws(() => parseIdxLabels(labels.with(3, 3), "l"), /magic number 2051, wanted 2049/);
});

sharedTest(
  "readModels() reads the shared networks and readModelFile() checks them",
  async (shared) => {
    const models = await readModels(shared.pathname);
    assert.ok(models.length >= 4);
    const smallest = models.toSorted((a, b) => a.bytes - b.bytes)[0]!;
    assert.equal((await readModelFile(smallest)).length, smallest.bytes);
    await refuses(
      () => readModelFile({ ...smallest, sha256: "0".repeat(64) }),
      /SHA-256 .* wanted 0/,
    );
    await refuses(
      () => readModelFile({ ...smallest, bytes: 5 }),
      /bytes, wanted 5 by models\.json/,
    );
  },
);

Deno.test("readModels() refuses files that leave the folder", () => {
  const model = {
    id: "a",
    architecture: "a",
    file: "../a.onnx",
    sha256: "0".repeat(64),
    bytes: 1,
    parameters: 1,
    licence: "",
    input: { name: "i", shape: ["N", 3, 8, 8], mean: [0], std: [1] },
    output: { name: "o" },
  };
  return inFolder(
    { "models/models.json": JSON.stringify({ models: [model] }) },
    (root) => refuses(() => readModels(root), /models\[0\]\.file: "\.\.\/a\.onnx" leaves/),
  );
});
