import assert from "node:assert/strict";
import fc from "fast-check";
import { RunError } from "../base/mod.ts";
import { featuresInMemory } from "../estimators/mod.ts";
import { planPointsMemory, slabWidth } from "./points_memory.ts";

const GIB = 2 ** 30;

Deno.test("planPointsMemory() lists n/100 + 2 neighbours, and at least 64", () => {
  assert.deepEqual(planPointsMemory("x", 500, 100, GIB), { neighbours: [64], inMemory: true });
  assert.deepEqual(planPointsMemory("x", 9000, 64, 4 * GIB), { neighbours: [92], inMemory: true });
});

Deno.test("planPointsMemory() lists 256 neighbours at first", () => {
  const { neighbours } = planPointsMemory("x", 30_000, 64, 4 * GIB);
  assert.deepEqual(neighbours, [256, 302]);
});

Deno.test("planPointsMemory() lists 64 neighbours of a million points within 4 GiB", () => {
  assert.deepEqual(planPointsMemory("x", 1e6, 64, 4 * GIB), { neighbours: [64], inMemory: true });
});

Deno.test("planPointsMemory() keeps wide coordinates in a file", () => {
  const { inMemory } = planPointsMemory("x", 10_000, 200_000, 4 * GIB);
  assert.equal(inMemory, false);
});

Deno.test("slabWidth() is how features are cut", () => {
  for (const [n, d] of [[10, 20], [3, 20_000], [9000, 3000], [70_000, 300]] as const) {
    using features = featuresInMemory(n, d);
    assert.equal(slabWidth(n, d), features.slabWidth, `${n} x ${d}`);
  }
});

Deno.test("planPointsMemory() says what would be enough when nothing fits", () => {
  assert.throws(
    () => planPointsMemory("big.npy", 1e6, 64, GIB),
    (error) =>
      error instanceof RunError &&
      /^big\.npy: 1000000 points of 64 features need 3\.\d+ GiB, --memory gives 1 GiB; wanted more/
        .test(error.message),
  );
});

Deno.test("planPointsMemory() plans for what it said would be enough", () => {
  fc.assert(
    fc.property(fc.integer({ min: 20, max: 3e6 }), fc.integer({ min: 1, max: 1e5 }), (n, d) => {
      let found: RunError | undefined;
      try {
        planPointsMemory("x", n, d, 2 ** 20);
      } catch (error) {
        found = error as RunError;
      }
      if (!found) return;
      const [, amount, unit] = /need ([\d.]+) (MiB|GiB|TiB|KiB)/.exec(found.message)!;
      const bytes = Number(amount) * { KiB: 2 ** 10, MiB: 2 ** 20, GiB: GIB, TiB: 2 ** 40 }[unit!]!;
      assert.ok(planPointsMemory("x", n, d, bytes * 1.01).neighbours[0]! >= 64);
    }),
  );
});

Deno.test("planPointsMemory() lists 256 neighbours where as many as are always enough do not fit", () => {
  assert.deepEqual(planPointsMemory("x", 1e5, 64, 4 * GIB), { neighbours: [256], inMemory: true });
});
