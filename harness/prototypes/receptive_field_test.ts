import assert from "node:assert/strict";
import { densenetWindows, resnetWindows, vggWindows } from "./testdata/backbone_windows.ts";
import { receptiveField, receptiveFieldBox } from "./receptive_field.ts";

Deno.test("receptiveField() gives the values that the authors' code prints", () => {
  assert.deepEqual(receptiveField(224, vggWindows([2, 2, 4, 4, 4])), {
    cells: 7,
    jump: 32,
    size: 268,
    start: 16,
  });
  assert.deepEqual(receptiveField(224, resnetWindows([3, 4, 6, 3], false)), {
    cells: 7,
    jump: 32,
    size: 899,
    start: 0.5,
  });
  const dense = receptiveField(224, densenetWindows([6, 12, 24, 16]));
  assert.deepEqual([dense.cells, dense.jump, dense.size], [7, 32, 2071]);
});

Deno.test("receptiveField() gives the sizes of further backbones", () => {
  const sizes = [
    vggWindows([1, 1, 2, 2, 2]),
    vggWindows([2, 2, 3, 3, 3]),
    resnetWindows([2, 2, 2, 2], false),
    resnetWindows([3, 4, 6, 3], true),
    resnetWindows([3, 8, 36, 3], true),
  ].map((windows) => receptiveField(224, windows).size);
  assert.deepEqual(sizes, [150, 212, 435, 427, 1451]);
});

Deno.test("receptiveFieldBox() stays within the image", () => {
  const vgg11 = receptiveField(224, vggWindows([1, 1, 2, 2, 2]));
  assert.deepEqual(receptiveFieldBox(vgg11, 3, 0, 224), {
    left: 0,
    top: 37,
    right: 91,
    bottom: 187,
  });
  const vgg19 = receptiveField(224, vggWindows([2, 2, 4, 4, 4]));
  assert.deepEqual(receptiveFieldBox(vgg19, 3, 3, 224), {
    left: 0,
    top: 0,
    right: 224,
    bottom: 224,
  });
  assert.deepEqual(receptiveFieldBox(vgg19, 0, 6, 224), {
    left: 74,
    top: 0,
    right: 224,
    bottom: 150,
  });
});
