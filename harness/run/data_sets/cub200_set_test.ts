import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { tinyCub } from "../../../datasets/cub200/testdata/tiny_cub.ts";
import { imageAt } from "../../../datasets/mod.ts";
import { assertRefused, inFolder } from "../../../datasets/testdata/in_folder.ts";
import { sharedTest } from "../../base/shared_data.ts";
import { cub200Set } from "./cub200_set.ts";

const SPEC: Parameters<typeof cub200Set>[0] = {
  set: "cub200",
  folder: "cub200",
  size: 6,
  split: "test",
  parts: "all",
};

/** Runs the body with a data root that has the small set, some files changed. */
function inDataRoot(
  changes: Record<string, Uint8Array | string>,
  body: (root: string) => Promise<void>,
): Promise<void> {
  const files = { ...tinyCub(), ...changes };
  return inFolder(
    Object.fromEntries(Object.entries(files).map(([name, file]) => [`data/cub200/${name}`, file])),
    body,
  );
}

Deno.test("cub200Set() gives the official halves, cropped, with ImageNet's normalisation", () =>
  inDataRoot({}, async (root) => {
    const set = await cub200Set(SPEC, root, 1).training!(0);
    assert.deepEqual([set.size, set.shape], [4, { width: 6, height: 6, channels: 3 }]);
    const { train, test, validation } = await set.load([]);
    assert.equal(validation, undefined);
    assert.deepEqual([...train.images.labels, ...test.images.labels], [0, 1, 0, 1, 0, 1, 0, 1]);
    assert.deepEqual([...imageAt(train.images, 3)], Array(108).fill(103));
    assert.deepEqual(train.preprocessing, {
      shortSide: null,
      crop: 6,
      mean: [0.485, 0.456, 0.406],
      std: [0.229, 0.224, 0.225],
    });
  }));

Deno.test("cub200Set() knows the parts, left and right one where that is wanted", () =>
  inDataRoot({}, async (root) => {
    const { parts } = await (await cub200Set(SPEC, root, 1).training!(0)).load([]);
    assert.deepEqual(parts!.names, ["beak", "left eye", "right eye"]);
    const truth = parts!.truth("001.Auk/a_1.jpg");
    assert.deepEqual(truth.points[0], { x: 3, y: 3, visible: true });
    assert.deepEqual(truth.points.map(({ visible }) => visible), [true, false, false]);
    assert.equal(parts!.isComplete("001.Auk/a_1.jpg"), true);
    assert.throws(() => parts!.truth("a"), RangeError);
    const merged = await (await cub200Set({ ...SPEC, parts: "merged" }, root, 1).training!(0))
      .load([]);
    assert.deepEqual(merged.parts!.names, ["beak", "eye"]);
    assert.equal(merged.parts!.truth("001.Auk/a_1.jpg").points.length, 2);
  }));

Deno.test("cub200Set() draws images to profile from the split", () =>
  inDataRoot({}, async (root) => {
    const set = cub200Set({ ...SPEC, split: "train" }, root, 1);
    const [group] = await set.groups(3, 0);
    assert.deepEqual([group!.id, group!.names.length], ["train", 3]);
    const { width, channels, data } = await group!.read(0);
    assert.deepEqual([width, channels, data.length], [6, 3, 108]);
    await assertRefused(
      () => set.groups(5, 0),
      /^CUB-200-2011, 6 pixels, train: 4 images, wanted at least 5$/,
    );
  }));

Deno.test("cub200Set() has another identity when a file, a box, a label or the size is another", async () => {
  const identities = new Set<string>();
  const changed: Record<string, Uint8Array | string>[] = [
    {},
    { "images/001.Auk/a_1.jpg": tinyCub()["images/001.Auk/a_2.jpg"]! },
    { "bounding_boxes.txt": (tinyCub()["bounding_boxes.txt"] as string).replace("3.0", "2.0") },
    {
      "train_test_split.txt": (tinyCub()["train_test_split.txt"] as string)
        .replace("1 1", "1 0"),
    },
  ];
  for (const changes of changed) {
    await inDataRoot(changes, async (root) => {
      identities.add((await cub200Set(SPEC, root, 1).training!(0)).identity);
    });
  }
  await inDataRoot({}, async (root) => {
    identities.add((await cub200Set({ ...SPEC, size: 7 }, root, 1).training!(0)).identity);
    identities.add((await cub200Set(SPEC, root, 2).training!(3)).identity);
  });
  assert.equal(identities.size, changed.length + 1);
});

Deno.test("cub200Set() refuses a test image among the training images, and an absent set", async () => {
  await inDataRoot(
    { "images/002.Bee_eater/b_4.jpg": tinyCub()["images/001.Auk/a_1.jpg"]! },
    (root) =>
      assertRefused(
        () => cub200Set(SPEC, root, 1).training!(0),
        /b_4\.jpg: test image with the same bytes as the training image .*a_1\.jpg/,
      ),
  );
  await assertRefused(
    () => cub200Set(SPEC, "absent", 1).training!(0),
    /^absent\/data\/cub200\/classes\.txt: no such file; "deno task fetch cub200" brings it$/,
  );
});

sharedTest("cub200Set() takes some species in the same layout", async (shared) => {
  const set = cub200Set({ ...SPEC, folder: "cub", size: 224 }, fileURLToPath(shared), 1);
  assert.equal(set.title, "CUB-200-2011 (cub), 224 pixels");
  assert.equal((await set.training!(0)).size, 899);
});
