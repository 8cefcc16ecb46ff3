import assert from "node:assert/strict";
import fc from "fast-check";
import { CUBE_HALF, INTERSECT, type Solid, SOLIDS } from "./intersect.ts";

type Triple = readonly [number, number, number];

/** t and the normal of unit length, or undefined for a miss. */
function enter(solid: Solid, origin: Triple, direction: Triple): readonly number[] | undefined {
  const hit = new Float64Array(4);
  if (!INTERSECT[solid](...origin, ...direction, hit)) return undefined;
  const [t, ...normal] = hit;
  const length = Math.hypot(...normal);
  return [t!, ...normal.map((a) => a / length)];
}

function assertHit(found: readonly number[] | undefined, wanted: readonly number[]): void {
  assert.ok(found, "the ray misses");
  wanted.forEach((value, at) => {
    assert.ok(Math.abs(found[at]! - value) < 1e-12, `${found} is not ${wanted}`);
  });
}

Deno.test("INTERSECT.sphere enters at the near pole, and off the axis at sqrt(1 - x^2)", () => {
  assertHit(enter("sphere", [0, 0, 3], [0, 0, -1]), [2, 0, 0, 1]);
  assertHit(enter("sphere", [0.6, 0, 3], [0, 0, -2]), [1.1, 0.6, 0, 0.8]);
  assert.equal(enter("sphere", [1.01, 0, 3], [0, 0, -1]), undefined);
  assert.equal(enter("sphere", [0, 0, 3], [0, 0, 1]), undefined);
});

Deno.test("INTERSECT.cube enters through the face that the ray meets", () => {
  assertHit(enter("cube", [3, 0.1, 0.2], [-1, 0, 0]), [3 - CUBE_HALF, 1, 0, 0]);
  assertHit(enter("cube", [0.1, -3, 0.2], [0, 1, 0]), [3 - CUBE_HALF, 0, -1, 0]);
  assertHit(enter("cube", [0.1, 0.2, 3], [0, 0, -0.5]), [2 * (3 - CUBE_HALF), 0, 0, 1]);
  assertHit(enter("cube", [2, 1.5, 0], [-1, -1, 0]), [2 - CUBE_HALF, 1, 0, 0]);
  assert.equal(enter("cube", [0.86, 0, 3], [0, 0, -1]), undefined);
  assert.equal(enter("cube", [0, 0, 3], [0, 0, 1]), undefined);
});

Deno.test("INTERSECT.cylinder enters through caps and side", () => {
  assertHit(enter("cylinder", [0.5, 0.5, 4], [0, 0, -1]), [3, 0, 0, 1]);
  assertHit(enter("cylinder", [0, 0, -4], [0, 0, 1]), [3, 0, 0, -1]);
  assertHit(enter("cylinder", [4, 0.6, 0.9], [-1, 0, 0]), [3.2, 0.8, 0.6, 0]);
  assertHit(enter("cylinder", [2, 0, 2.5], [-1, 0, -1]), [1.5, 0, 0, 1]);
  assert.equal(enter("cylinder", [0.8, 0.8, 4], [0, 0, -1]), undefined);
  assert.equal(enter("cylinder", [4, 0, 1.1], [-1, 0, 0]), undefined);
});

Deno.test("INTERSECT.cone enters through base and side, never through its mirror image", () => {
  const across = 2 / Math.sqrt(5), up = 1 / Math.sqrt(5);
  assertHit(enter("cone", [0.5, 0, -4], [0, 0, 1]), [3, 0, 0, -1]);
  assertHit(enter("cone", [4, 0, 0], [-1, 0, 0]), [3.5, across, 0, up]);
  assertHit(enter("cone", [0.5, 0, 4], [0, 0, -1]), [4, across, 0, up]);
  assert.equal(enter("cone", [4, 0, 1.5], [-1, 0, 0]), undefined);
  assert.equal(enter("cone", [4, 0, -1.1], [-1, 0, 0]), undefined);
  assert.equal(enter("cone", [1.1, 0, -4], [0, 0, 1]), undefined);
  assertHit(enter("cone", [0, 0, 3], [0, 0, -1]), [2, 0, 0, 1]);
  // Parallel to the far side's slope, 1 along x for -2 along z.
  assertHit(enter("cone", [-1.5, 0, 3], [1, 0, -2]), [1.25, -across, 0, up]);
});

const INSIDE: Readonly<Record<Solid, (x: number, y: number, z: number) => boolean>> = {
  sphere: (x, y, z) => x * x + y * y + z * z < 1,
  cube: (x, y, z) => Math.max(Math.abs(x), Math.abs(y), Math.abs(z)) < CUBE_HALF,
  cylinder: (x, y, z) => Math.hypot(x, y) < 1 && Math.abs(z) < 1,
  cone: (x, y, z) => z > -1 && Math.hypot(x, y) < (1 - z) / 2,
};

for (const solid of SOLIDS) {
  Deno.test(`INTERSECT.${solid} finds the first inner point of any ray`, () => {
    const coordinate = (bound: number) =>
      fc.integer({ min: -100 * bound, max: 100 * bound }).map((a) => a / 100);
    const ray = fc.record({
      from: fc.tuple(coordinate(1), coordinate(1), coordinate(1)),
      through: fc.tuple(coordinate(1.5), coordinate(1.5), coordinate(1.5)),
    }).filter(({ from }) => Math.hypot(...from) > 0.1);
    let hits = 0, misses = 0;
    fc.assert(
      fc.property(ray, ({ from, through }) => {
        const far = 3 / Math.hypot(...from);
        const origin = [far * from[0], far * from[1], far * from[2]] as const;
        const direction = [
          through[0] - origin[0],
          through[1] - origin[1],
          through[2] - origin[2],
        ] as const;
        const isInside = (t: number) =>
          INSIDE[solid](
            origin[0] + t * direction[0],
            origin[1] + t * direction[1],
            origin[2] + t * direction[2],
          );
        const found = enter(solid, origin, direction);
        const inner = Array.from({ length: 400 }, (_, at) => at / 100).filter(isInside);
        if (found === undefined) {
          misses++;
          assert.deepEqual(inner, []);
          return;
        }
        hits++;
        const [t, ...normal] = found;
        assert.ok(inner.every((at) => at > t! - 1e-9));
        assert.ok(!isInside(t! - 1e-6));
        const outward = normal.reduce((sum, a, at) => sum + a * direction[at]!, 0);
        assert.ok(outward < 1e-9);
      }),
      { numRuns: 2000, seed: 1 },
    );
    assert.ok(hits > 300 && misses > 100, `${hits} hits, ${misses} misses`);
  });
}
