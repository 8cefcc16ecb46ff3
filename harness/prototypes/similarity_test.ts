import assert from "node:assert/strict";
import fc from "fast-check";
import { similarityOf } from "./similarity.ts";

Deno.test("similarityOf() gives the paper's constants", () => {
  assert.equal(similarityOf(0, "log").toFixed(5), "9.21034");
  assert.equal(similarityOf(1, "log"), Math.log(2 / 1.0001));
  assert.equal(similarityOf(0.25, "linear"), -0.25);
});

Deno.test("similarityOf() gives back the similarities of the paper's case study", () => {
  for (
    const [distance, similarity] of [[0.00141, 6.499], [0.0124, 4.392], [0.0208, 3.89]] as const
  ) {
    assert.ok(Math.abs(similarityOf(distance, "log") - similarity) < 0.01);
  }
});

Deno.test("similarityOf() decreases with distance", () => {
  const distance = fc.double({ min: 0, max: 128, noNaN: true });
  fc.assert(fc.property(distance, fc.constantFrom("log", "linear"), (d, kind) => {
    assert.ok(similarityOf(d, kind) > similarityOf(d * 1.01 + 1e-9, kind));
  }));
});
