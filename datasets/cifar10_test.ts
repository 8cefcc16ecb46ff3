import assert from "node:assert/strict";
import { readCifar10 } from "./cifar10.ts";
import { imageAt } from "./labelled_images.ts";
import { assertRefused, inFolder } from "./testdata/in_folder.ts";
import { tinyCifar10 } from "./testdata/tiny_cifar10.ts";

const RECORD = 3073;

/** Asserts that the set is refused with these files in place of the good ones. */
function refuses(
  split: "train" | "test",
  changes: Record<string, Uint8Array | string | null>,
  message: RegExp,
): Promise<void> {
  const files = { ...tinyCifar10(), ...changes };
  const there = Object.entries(files).filter((entry): entry is [string, Uint8Array | string] =>
    entry[1] !== null
  );
  return inFolder(
    Object.fromEntries(there.map(([name, content]) => [`set/${name}`, content])),
    (root) => assertRefused(() => readCifar10(`${root}/set`, split, { records: 10 }), message),
  );
}

Deno.test("readCifar10() puts the channels of each pixel side by side, file after file", () =>
  inFolder(
    Object.fromEntries(Object.entries(tinyCifar10()).map(([name, file]) => [`set/${name}`, file])),
    async (root) => {
      const train = await readCifar10(`${root}/set`, "train", { records: 10 });
      assert.deepEqual([train.width, train.height, train.channels], [32, 32, 3]);
      assert.deepEqual([train.classes[0], train.classes[9]], ["airplane", "truck"]);
      assert.deepEqual([...train.labels.subarray(8, 12)], [9, 0, 2, 3]);
      assert.deepEqual([train.names[0], train.names[49]], ["train-00000", "train-00049"]);
      // Image 13 is record 3 of the second file: 2 * 40 + 3 + 3 * channel + pixel.
      const image = imageAt(train, 13);
      assert.deepEqual([...image.subarray(0, 6)], [83, 86, 89, 84, 87, 90]);
      assert.deepEqual([...image.subarray(-3)], [82, 85, 88]);

      const test = await readCifar10(`${root}/set`, "test", { records: 10 });
      assert.deepEqual([...test.labels], [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
      assert.equal(test.names[9], "test-00009");
    },
  ));

Deno.test("readCifar10() wants 10,000 records a file unless told otherwise", () =>
  inFolder(
    Object.fromEntries(Object.entries(tinyCifar10()).map(([name, file]) => [`set/${name}`, file])),
    (root) =>
      assertRefused(
        () => readCifar10(`${root}/set`, "test"),
        /test_batch\.bin: ends after 30730 bytes, .* wanted 10000 records of 3073 bytes$/,
      ),
  ));

Deno.test("readCifar10() says where a file ends early, or how much too long it is", async () => {
  const file = tinyCifar10()["data_batch_3.bin"] as Uint8Array;
  const cut = (length: number, message: RegExp) =>
    refuses("train", { "data_batch_3.bin": file.slice(0, length) }, message);
  await cut(
    2 * RECORD + 7,
    /data_batch_3\.bin: ends after 6153 bytes, 7 bytes into record 2 \(offset 6146\), wanted 10 r/,
  );
  await cut(9 * RECORD, /ends after 27657 bytes, 0 bytes into record 9 \(offset 27657\)/);
  await cut(0, /ends after 0 bytes, 0 bytes into record 0 \(offset 0\)/);
  await refuses(
    "test",
    { "test_batch.bin": new Uint8Array(10 * RECORD + 1) },
    /test_batch\.bin: 30731 bytes, wanted at most 30730$/,
  );
});

Deno.test("readCifar10() refuses a label that is no class and a class without images", async () => {
  const file = tinyCifar10()["data_batch_5.bin"] as Uint8Array;
  await refuses(
    "train",
    { "data_batch_5.bin": file.with(4 * RECORD, 10) },
    /data_batch_5\.bin: record 4 \(offset 12292\): label 10, wanted 0 to 9$/,
  );
  await refuses(
    "test",
    { "test_batch.bin": (tinyCifar10()["test_batch.bin"] as Uint8Array).with(4 * RECORD, 9) },
    /set: CIFAR-10 test: class 4 "deer": found 0 images, wanted at least 1$/,
  );
});

Deno.test("readCifar10() refuses another list of classes", async () => {
  await refuses("test", { "batches.meta.txt": "a\nb\n" }, /2 names of classes, wanted 10$/);
  await refuses(
    "test",
    { "batches.meta.txt": "a\n".repeat(10) },
    /class 1: name "a" as class 0, wanted names that differ$/,
  );
});

Deno.test("readCifar10() says how to get files that are absent", async () => {
  for (const name of ["data_batch_2.bin", "batches.meta.txt"]) {
    await refuses(
      "train",
      { [name]: null },
      new RegExp(`/${name}: no such file; "deno task fetch cifar10" brings it$`),
    );
  }
});
