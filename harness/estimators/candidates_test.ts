import assert from "node:assert/strict";
import fc from "fast-check";
import { Candidates } from "./candidates.ts";

Deno.test("Candidates keep the smallest bounds, equal ones by index", () => {
  fc.assert(fc.property(
    fc.array(fc.integer({ min: 0, max: 12 }), { maxLength: 90 }),
    fc.integer({ min: 1, max: 20 }),
    (bounds, size) => {
      const candidates = new Candidates(2, size);
      bounds.forEach((bound, other) => candidates.offer(1, other, bound));
      const wanted = bounds.map((bound, other) => [bound, other] as const)
        .sort((a, b) => a[0] - b[0] || a[1] - b[1]).slice(0, size);
      const { lower, index } = candidates.sorted();
      assert.equal(candidates.worst[1], wanted.length < size ? Infinity : wanted.at(-1)![0]);
      const found = Array.from(wanted, (_, at) => [
        lower[size + at],
        index[size + at],
      ]);
      assert.deepEqual(found, wanted);
      assert.ok(lower.subarray(0, size).every((bound) => bound === Infinity));
    },
  ));
});

Deno.test("Candidates take no bound that is not a number", () => {
  const candidates = new Candidates(1, 2);
  candidates.offer(0, 5, NaN);
  assert.deepEqual([...candidates.sorted().index], [-1, -1]);
});
