import assert from "node:assert/strict";
import { tinyCub } from "../../../datasets/cub200/testdata/tiny_cub.ts";
import { inFolder } from "../../../datasets/testdata/in_folder.ts";
import { cub200Set } from "../data_sets/cub200_set.ts";
import { modelImages } from "./model_images.ts";

const FILES = Object.fromEntries(
  Object.entries(tinyCub()).map(([name, file]) => [`data/cub200/${name}`, file]),
);

Deno.test("modelImages() holds out the share that the data name, and none when it is 0", () =>
  inFolder(FILES, async (root) => {
    const identities = new Set<string>();
    const held = async (share: object) => {
      const common = {
        set: "cub200",
        folder: "cub200",
        size: 6,
        split: "test",
        parts: "all",
      } as const;
      const set = await cub200Set({ ...common, ...share }, root, 1).training!(0);
      identities.add(set.identity);
      const { train, validation } = await modelImages(set, [], 1);
      return [train.images.names.length, validation?.images.names.length ?? null];
    };
    assert.deepEqual(await held({ validationShare: 0.5 }), [2, 2]);
    assert.deepEqual(await held({ validationShare: 0 }), [4, null]);
    // 15 % of two images a class is none, which is refused as long as nobody asked for it.
    await assert.rejects(held({}), /validation has none of the 2 images of class/);
    assert.equal(identities.size, 3, "other images are another model");
  }));
