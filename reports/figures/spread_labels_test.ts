import assert from "node:assert/strict";
import { spreadLabels } from "./spread_labels.ts";

Deno.test("spreadLabels() leaves labels alone that are far enough apart", () => {
  assert.deepEqual(spreadLabels([9, 1, 5], 2, 10), [9, 1, 5]);
  assert.deepEqual(spreadLabels([], 2, 10), []);
});

Deno.test("spreadLabels() moves labels up from those below, in their order", () => {
  assert.deepEqual(spreadLabels([5.5, 5, 6], 2, 20), [7, 5, 9]);
});

Deno.test("spreadLabels() moves labels down where they would leave the axis", () => {
  assert.deepEqual(spreadLabels([9, 9.5, 10], 2, 10), [6, 8, 10]);
});
