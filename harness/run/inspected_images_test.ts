import assert from "node:assert/strict";
import { RunError } from "../base/mod.ts";
import { writeImages } from "./inspect_fixtures.ts";
import { inspectedImages } from "./inspected_images.ts";

const REQUEST = { labels: undefined, samples: undefined, multiple: 1, seed: 1 } as const;

async function inFolder(body: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    await body(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("inspectedImages() draws images of all folders, the same ones for the same seed", () =>
  inFolder(async (folder) => {
    await writeImages(`${folder}/a`, 30, 1);
    await writeImages(`${folder}/b/c`, 30, 1);
    await Deno.writeTextFile(`${folder}/a/labels.txt`, "no image");
    const draw = async (seed: number) => {
      const [group] = await inspectedImages({ ...REQUEST, folder, samples: 40, seed });
      return group!;
    };
    const group = await draw(1);
    assert.equal(group.names.length, 40);
    assert.equal(new Set(group.names).size, 40);
    assert.ok(group.names.some((name) => name.startsWith("a/")));
    assert.ok(group.names.some((name) => name.startsWith("b/c/")));
    assert.equal((await group.read(0)).width, 8);
    assert.equal(await (await draw(1)).digest(), await group.digest());
    assert.notEqual(await (await draw(2)).digest(), await group.digest());
  }));

Deno.test("inspectedImages() gives whole batches", () =>
  inFolder(async (folder) => {
    await writeImages(folder, 35, 1);
    const [group] = await inspectedImages({ ...REQUEST, folder, multiple: 16 });
    assert.equal(group!.names.length, 32);
  }));

Deno.test("inspectedImages() refuses an empty folder, a missing one and one without labels", () =>
  inFolder(async (folder) => {
    const refuses = (request: Parameters<typeof inspectedImages>[0], message: string) =>
      assert.rejects(inspectedImages(request), new RunError(message));
    await refuses(
      { ...REQUEST, folder },
      `${folder}: found 0 images (.jpg, .jpeg, .png), wanted at least 30`,
    );
    await refuses({ ...REQUEST, folder: `${folder}/x` }, `${folder}/x: no such folder`);
    await writeImages(folder, 30, 1);
    await refuses(
      { ...REQUEST, folder, labels: "folders" },
      `${folder}: no folders with images in it, wanted one a label`,
    );
    await writeImages(`${folder}/few`, 3, 1);
    await refuses(
      { ...REQUEST, folder, labels: "folders" },
      `${folder}/few: found 3 images (.jpg, .jpeg, .png), wanted at least 30`,
    );
  }));
