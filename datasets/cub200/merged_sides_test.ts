import assert from "node:assert/strict";
import { mergedSides } from "./merged_sides.ts";

/** As in the official `parts/parts.txt`. */
const PARTS = [
  ...["back", "beak", "belly", "breast", "crown", "forehead", "left eye", "left leg"],
  ...["left wing", "nape", "right eye", "right leg", "right wing", "tail", "throat"],
];

Deno.test("mergedSides() makes 12 of the 15 parts", () => {
  const { names, groups, merge } = mergedSides(PARTS);
  assert.deepEqual(groups, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 6, 7, 8, 10, 11]);
  assert.deepEqual(names, [
    ...["back", "beak", "belly", "breast", "crown", "forehead", "eye", "leg", "wing", "nape"],
    ...["tail", "throat"],
  ]);
  const points = PARTS.map((_, x) => ({ x, y: 0, visible: x !== 6 && x !== 8 && x !== 12 }));
  const merged = merge(points);
  assert.deepEqual(merged.map(({ x }) => x), [0, 1, 2, 3, 4, 5, 10, 7, 8, 9, 13, 14]);
  assert.deepEqual(
    merged.map(({ visible }) => visible),
    names.map((name) => name !== "wing"),
  );
});
