import assert from "node:assert/strict";
import { sharedTest } from "../harness/base/shared_data.ts";
import { imagenette } from "./imagenette.ts";
import { assertRefused, inFolder, png } from "./testdata/in_folder.ts";

const CLASSES = {
  n00000002: { name: "pump", imagenet_index: 1 },
  n00000001: { name: "horn", imagenet_index: 5 },
};
const ROOT = "data/imagenette";

Deno.test("imagenette() gives the classes in the order of their ids, or those asked for", () =>
  inFolder({
    [`${ROOT}/classes.json`]: JSON.stringify(CLASSES),
    [`${ROOT}/val/n00000001/a.png`]: png(1),
    [`${ROOT}/val/n00000002/a.png`]: png(2),
  }, async (root) => {
    const all = await imagenette(root, { split: "val", samples: 1 });
    assert.deepEqual(all.map(({ label }) => label), ["horn", "pump"]);
    const one = await imagenette(root, { split: "val", samples: 1, classes: ["n00000002"] });
    assert.deepEqual(one.map(({ label }) => label), ["pump"]);
    await assertRefused(
      () => imagenette(root, { split: "val", samples: 1, classes: ["n00000003"] }),
      /no class "n00000003", did you mean "n0000000[12]"\?$/,
    );
    await assertRefused(
      () => imagenette(root, { split: "train", samples: 1 }),
      /train\/n00000001: no such folder$/,
    );
  }));

Deno.test("imagenette() mixes all classes when asked for one group", () =>
  inFolder({
    [`${ROOT}/classes.json`]: JSON.stringify(CLASSES),
    [`${ROOT}/val/n00000001/a.png`]: png(1),
    [`${ROOT}/val/n00000001/b.png`]: png(2),
    [`${ROOT}/val/n00000002/a.png`]: png(3),
    [`${ROOT}/val/n00000002/b.png`]: png(4),
  }, async (root) => {
    const groups = await imagenette(root, { split: "val", samples: 3, by: "all" });
    assert.deepEqual(groups.map(({ names }) => names), [
      ["n00000001/a.png", "n00000002/a.png", "n00000001/b.png"],
    ]);
  }));

Deno.test("imagenette() says how to get the photographs when they are absent", () =>
  inFolder({ x: "" }, (root) =>
    assertRefused(
      () => imagenette(root, { split: "train", samples: 1 }),
      /classes\.json: no such file; "deno task fetch imagenet" brings it/,
    )));

Deno.test("imagenette() refuses a list of classes that is none, or whose ids leave the folder", async () => {
  for (const list of ["{", "[1]", JSON.stringify({ "../x": CLASSES.n00000001 })]) {
    await inFolder(
      { [`${ROOT}/classes.json`]: list },
      (root) =>
        assertRefused(
          () => imagenette(root, { split: "train", samples: 1 }),
          /classes\.json: not a list of classes: /,
        ),
    );
  }
});

sharedTest("imagenette() gives seven classes of 500 images", async (shared) => {
  const groups = await imagenette(shared.pathname, { split: "train", samples: 500 });
  assert.deepEqual(groups.map(({ label }) => label), [
    "tench",
    "English springer",
    "chain saw",
    "church",
    "French horn",
    "gas pump",
    "golf ball",
  ]);
  assert.ok(groups.every(({ names }) => names.length === 500));
  assert.equal(groups[1]!.names[0], "n02102040_1003.JPEG");
});
