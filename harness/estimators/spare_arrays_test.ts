import assert from "node:assert/strict";
import { featuresInMemory } from "./features.ts";
import { SpareArrays } from "./spare_arrays.ts";

Deno.test("SpareArrays hand an array on to the next one of that length, once", () => {
  const spare = new SpareArrays();
  const values = spare.take(12);
  spare.give(values);
  assert.notEqual(spare.take(11), values);
  assert.equal(spare.take(12), values);
  assert.notEqual(spare.take(12), values);
});

Deno.test("SpareArrays let go of what nobody took", () => {
  const spare = new SpareArrays();
  const values = spare.take(12);
  spare.give(values);
  spare.clear();
  assert.notEqual(spare.take(12), values);
});

Deno.test("featuresInMemory() takes spare memory and gives it back when disposed of", () => {
  const spare = new SpareArrays();
  const features = featuresInMemory(3, 4, spare);
  features.write(0, Float32Array.from({ length: 12 }, (_, i) => i));
  features[Symbol.dispose]();
  assert.equal(features.read(0, 0, 3).length, 0);
  assert.deepEqual([...spare.take(12)], [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
});
