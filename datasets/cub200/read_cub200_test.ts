import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { sharedTest } from "../../harness/base/shared_data.ts";
import { imageAt } from "../labelled_images.ts";
import { loadPhotographs, photographDigests } from "../photographs/mod.ts";
import { assertRefused, inFolder } from "../testdata/in_folder.ts";
import { partTruth } from "./part_truth.ts";
import { readCub200 } from "./read_cub200.ts";
import { tinyCub } from "./testdata/tiny_cub.ts";

Deno.test("readCub200() gives the official division with boxes and parts", () =>
  inFolder(tinyCub(), async (root) => {
    const { classes, train, test, parts } = await readCub200(root);
    assert.deepEqual(classes, ["001.Auk", "002.Bee_eater"]);
    assert.deepEqual(parts, ["beak", "left eye", "right eye"]);
    assert.deepEqual(train.map(({ id, label }) => [id, label]), [[1, 0], [2, 1], [3, 0], [4, 1]]);
    assert.deepEqual(test.map(({ name }) => name), [
      "001.Auk/a_3.jpg",
      "002.Bee_eater/b_3.jpg",
      "001.Auk/a_4.jpg",
      "002.Bee_eater/b_4.jpg",
    ]);
    assert.deepEqual(test[1], {
      id: 6,
      name: "002.Bee_eater/b_3.jpg",
      file: `${root}/images/002.Bee_eater/b_3.jpg`,
      label: 1,
      box: {
        left: 3,
        top: 1,
        width: 3,
        height: 2,
        place: `${root}/bounding_boxes.txt: line 6`,
      },
      points: [
        { x: 4.5, y: 2, visible: true },
        { x: 0, y: 0, visible: false },
        { x: 1, y: 2, visible: true },
      ],
    });
  }));

Deno.test("readCub200() does without boxes and parts", () => {
  const files = tinyCub();
  for (const name of ["bounding_boxes.txt", "parts/parts.txt"]) delete files[name];
  return inFolder(files, async (root) => {
    const { train, parts } = await readCub200(root);
    assert.equal(parts, null);
    assert.deepEqual([train[0]!.box, train[0]!.points], [null, null]);
  });
});

Deno.test("photographs of CUB-200-2011 are cropped to their boxes, and their parts with them", () =>
  inFolder(tinyCub(), async (root) => {
    const { classes, train, test } = await readCub200(root);
    await photographDigests({ classes, train, test });
    const { images, windows } = await loadPhotographs(test, classes, { size: 6, set: "test" });
    assert.deepEqual([...images.labels], [0, 1, 0, 1]);
    assert.deepEqual([...imageAt(images, 1)], Array(108).fill(105));
    assert.deepEqual(partTruth(test[1]!.points!, windows[1]!, 6), {
      points: [
        { x: 3, y: 3, visible: true },
        { x: -6, y: -3, visible: false },
        { x: -4, y: 3, visible: false },
      ],
      regions: null,
    });
  }));

/** What a change of one file leads to. */
const BROKEN: [file: string, change: (text: string) => string, message: RegExp][] = [
  [
    "images.txt",
    (text) => text.replace("2 002", "2  002"),
    /images\.txt: line 2: found "2 {2}002\.Bee_eater\/b_1\.jpg", wanted "<image id> <path>"/,
  ],
  [
    "images.txt",
    (text) => text.replace("2 ", "1 "),
    /images\.txt: line 2: image 1 again, first at .*images\.txt: line 1$/,
  ],
  [
    "images.txt",
    (text) => text.replace("a_2", "a_1"),
    /line 3: path ".*" again, first at .*line 1$/,
  ],
  ["images.txt", (text) => text.replace("001.Auk", ".."), /line 1: path "\.\.\/a_1\.jpg", wanted/],
  ["images.txt", (text) => text.replace("a_1", "a_9"), /line 1: no file .*001\.Auk\/a_9\.jpg$/],
  ["images.txt", () => "", /images\.txt: empty, wanted lines of "<image id> <path>"/],
  [
    "image_class_labels.txt",
    (text) => text.replace("1 1\n", "1 2\n"),
    /labels\.txt: line 1: image 1 is of class "002\.Bee_eater", but in folder "001\.Auk" by .*line 1$/,
  ],
  ["image_class_labels.txt", (text) => text.replace("1 1\n", "1 7\n"), /line 1: class 7, which is/],
  [
    "image_class_labels.txt",
    (text) => text.replace("8 2\n", ""),
    /labels\.txt: no line for image 8 of .*images\.txt: line 8$/,
  ],
  [
    "train_test_split.txt",
    (text) => `${text}9 1\n`,
    /split\.txt: line 9: image 9, which is not listed$/,
  ],
  [
    "train_test_split.txt",
    (text) => `${text}1 0\n`,
    /split\.txt: line 9: image 1 again, first at .*line 1$/,
  ],
  ["train_test_split.txt", (text) => text.replace("1 1", "1 2"), /line 1: "2", wanted 1 for/],
  [
    "train_test_split.txt",
    (text) => text.replaceAll(" 0", " 1"),
    /classes\.txt: line 1: class "001\.Auk" has no test images, wanted at least 1$/,
  ],
  ["classes.txt", (text) => `${text}3 003.Coot\n`, /line 3: class "003\.Coot" has no train images/],
  ["classes.txt", (text) => `${text}x 003.Coot\n`, /line 3: class id "x", wanted a whole number/],
  ["bounding_boxes.txt", (text) => text.replace("3.9", "0.9"), /line 1: empty box of 0\.9 x 2\.0/],
  [
    "bounding_boxes.txt",
    (text) => text.replace("3.0", "-1"),
    /line 1: box at -1, 1\.0, wanted its/,
  ],
  [
    "bounding_boxes.txt",
    (text) => text.replace("3.9", "1e"),
    /line 1: width "1e", wanted a number/,
  ],
  ["bounding_boxes.txt", (text) => text.replace("1 3.0 1.0 3.9 2.0\n", ""), /no line for image 1/],
  ["parts/part_locs.txt", (text) => text.replace("1 1 4.5", "9 1 4.5"), /line 1: image 9, which/],
  ["parts/part_locs.txt", (text) => text.replace("1 1 4.5", "1 9 4.5"), /line 1: part 9, which/],
  [
    "parts/part_locs.txt",
    (text) => text.replace("1 2 0", "1 1 0"),
    /line 2: part 1 of image 1 again/,
  ],
  ["parts/part_locs.txt", (text) => text.replace(/.*\n/, ""), /no line for part 1 of image 1$/],
  [
    "parts/part_locs.txt",
    (text) => text.replace("2.0 1\n", "2.0 3\n"),
    /line 1: visible "3", wanted/,
  ],
];

for (const [file, change, message] of BROKEN) {
  Deno.test(`readCub200() refuses broken lists: ${file}: ${message.source}`, () => {
    const files = tinyCub();
    files[file] = change(files[file] as string);
    return inFolder(files, (root) => assertRefused(() => readCub200(root), message));
  });
}

Deno.test("readCub200() says which command brings what is missing", async () => {
  for (const name of ["classes.txt", "images.txt", "train_test_split.txt"]) {
    const files = tinyCub();
    delete files[name];
    await inFolder(files, (root) =>
      assertRefused(
        () => readCub200(root),
        new RegExp(`/${name}: no such file; "deno task fetch cub200" brings it$`),
      ));
  }
  const files = tinyCub();
  delete files["parts/part_locs.txt"];
  await inFolder(
    files,
    (root) =>
      assertRefused(() => readCub200(root), /part_locs\.txt: no such file, wanted it beside/),
  );
});

sharedTest("readCub200() reads thirty species without boxes and parts", async (shared) => {
  const set = await readCub200(fileURLToPath(new URL("data/cub", shared)));
  assert.equal(set.classes.length, 30);
  assert.equal(set.classes[0], "001.Painted_Bunting");
  assert.deepEqual([set.train.length, set.test.length, set.parts], [899, 883, null]);
  const { train, test } = await photographDigests(set);
  assert.equal(new Set([...train, ...test]).size, 1782);
  const some = set.classes.map((_, label) => set.test.find((of) => of.label === label)!);
  const { images, windows } = await loadPhotographs(some, set.classes, { size: 224, set: "some" });
  assert.equal(images.pixels.length, 30 * 224 * 224 * 3);
  assert.deepEqual(windows[0], { left: 0, top: 0, width: 227, height: 227 });
});
