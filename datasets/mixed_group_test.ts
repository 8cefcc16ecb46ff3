import assert from "node:assert/strict";
import type { ImageGroup } from "./dataset.ts";
import { mixedGroup } from "./mixed_group.ts";

function group(id: string, grey: number, count: number): ImageGroup {
  return {
    id,
    label: id,
    names: Array.from({ length: count }, (_, at) => `${at}.png`),
    digest: () => Promise.resolve(id),
    read: (index) =>
      Promise.resolve({ width: 1, height: 1, channels: 1, data: Uint8Array.of(grey + index) }),
  };
}

const GROUPS = [group("a", 0, 3), { ...group("b", 100, 2), luminance: async () => await 5 }];

Deno.test("mixedGroup() takes images of each group in turn", async () => {
  const mixed = mixedGroup(GROUPS, 5);
  assert.deepEqual(mixed.names, ["a/0.png", "b/0.png", "a/1.png", "b/1.png", "a/2.png"]);
  assert.equal(mixed.label, "2 classes");
  const pixels = await Promise.all(
    mixed.names.map(async (_, at) => (await mixed.read(at)).data[0]),
  );
  assert.deepEqual(pixels, [0, 100, 1, 101, 2]);
  assert.deepEqual([await mixed.luminance!(0), await mixed.luminance!(1)], [0, 5]);
});

Deno.test("mixedGroup() stops after so many images", () => {
  assert.deepEqual(mixedGroup(GROUPS, 3).names, ["a/0.png", "b/0.png", "a/1.png"]);
});

Deno.test("mixedGroup() is another set of images when a group or the number changes", async () => {
  const digests = await Promise.all([
    mixedGroup(GROUPS, 4),
    mixedGroup(GROUPS, 3),
    mixedGroup(GROUPS.toReversed(), 4),
  ].map((mixed) => mixed.digest()));
  assert.equal(new Set(digests).size, 3);
  assert.equal(digests[0], await mixedGroup(GROUPS, 4).digest());
});

Deno.test("mixedGroup() refuses more images than there are, and to read beyond the last", () => {
  assert.throws(
    () => mixedGroup(GROUPS, 6),
    new RangeError("Cannot mix 2 groups: found 5 images, wanted 6"),
  );
  assert.throws(
    () => mixedGroup(GROUPS, 2).read(2),
    new RangeError("Cannot read image 2 of 2 mixed images"),
  );
});
