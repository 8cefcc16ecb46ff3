import assert from "node:assert/strict";
import { imageAt } from "./labelled_images.ts";
import { labelledMnist, mnist } from "./mnist.ts";
import { assertRefused } from "./testdata/in_folder.ts";

Deno.test("mnist() groups the test images by digit", async () => {
  const groups = await mnist({ split: "test", by: "digit", samples: 800 });
  assert.deepEqual(groups.map(({ id }) => id), Array.from({ length: 10 }, (_, d) => `digit-${d}`));
  // The first test images are 7, 2, 1, 0, 4.
  assert.deepEqual(
    [7, 2, 1, 0, 4].map((digit) => groups[digit]!.names[0]),
    ["test-00000", "test-00001", "test-00002", "test-00003", "test-00004"],
  );
  const image = await groups[7]!.read(0);
  assert.deepEqual([image.width, image.height, image.channels], [28, 28, 1]);
  assert.equal(image.data.length, 28 * 28);
  assert.equal(new Set(await Promise.all(groups.map((group) => group.digest()))).size, 10);
});

Deno.test("mnist() keeps the order of the file when all digits are one group", async () => {
  const [all, ...others] = await mnist({ split: "test", by: "all", samples: 10_000 });
  assert.equal(others.length, 0);
  assert.deepEqual([all!.names[0], all!.names[9999]], ["test-00000", "test-09999"]);
  const [fewer] = await mnist({ split: "test", by: "all", samples: 9999 });
  assert.notEqual(await fewer!.digest(), await all!.digest());
});

Deno.test("mnist() has the training images too", async () => {
  const [all] = await mnist({ split: "train", by: "all", samples: 60_000 });
  assert.equal(all!.names.length, 60_000);
});

Deno.test("mnist() refuses more images than a digit has", () =>
  assertRefused(
    () => mnist({ split: "test", by: "digit", samples: 900 }),
    /^MNIST test, digit 5: 892 images, wanted at least 900$/,
  ));

Deno.test("labelledMnist() gives the images of the files with their digits", async () => {
  const test = await labelledMnist("test");
  assert.deepEqual([test.width, test.height, test.channels], [28, 28, 1]);
  assert.deepEqual(test.classes, Array.from({ length: 10 }, (_, digit) => String(digit)));
  assert.deepEqual([...test.labels.subarray(0, 5)], [7, 2, 1, 0, 4]);
  assert.deepEqual([test.names[0], test.names[9999]], ["test-00000", "test-09999"]);
  const [all] = await mnist({ split: "test", by: "all", samples: 10_000 });
  assert.deepEqual(imageAt(test, 4321), (await all!.read(4321)).data);

  const train = await labelledMnist("train");
  assert.equal(train.labels.length, 60_000);
  // Images of each digit as LeCun's page and many others count them.
  const counts = train.classes.map((_, digit) =>
    train.labels.filter((label) => label === digit).length
  );
  assert.deepEqual(counts, [5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949]);
});
