import assert from "node:assert/strict";
import { stagesOf } from "./stages.ts";

Deno.test("stagesOf() gives each stage equally many, the later ones the rest", () => {
  assert.deepEqual(stagesOf(4), [1, 1, 1, 1]);
  assert.deepEqual(stagesOf(5), [1, 1, 1, 2]);
  assert.deepEqual(stagesOf(6), [1, 1, 2, 2]);
  assert.deepEqual(stagesOf(8), [2, 2, 2, 2]);
  assert.deepEqual(stagesOf(11), [2, 3, 3, 3]);
  for (let total = 4; total < 40; total++) {
    assert.equal(stagesOf(total).reduce((sum, count) => sum + count), total);
  }
});
