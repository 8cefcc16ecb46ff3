import assert from "node:assert/strict";
import { exactDistances } from "./exact_distances.ts";
import { kStar } from "./k_star.ts";
import { listsFromMatrix } from "./neighbour_lists.ts";
import { listsOf, onLine } from "./testdata/clouds.ts";

Deno.test("kStar() takes all neighbours where points lie evenly on a circle", () => {
  const circle = Float64Array.from({ length: 120 }, (_, at) => {
    const angle = 2 * Math.PI * Math.floor(at / 2) / 60;
    return at % 2 ? Math.sin(angle) : Math.cos(angle);
  });
  const lists = listsFromMatrix(exactDistances(circle, 60, 2), 30);
  assert.deepEqual(kStar(lists, 1), new Int32Array(60).fill(29));
});

Deno.test("kStar() ends where the density changes", () => {
  // Forty points a thousandth apart, then forty a unit apart.
  const dense = Array.from({ length: 40 }, (_, i) => i / 1000);
  const sparse = Array.from({ length: 40 }, (_, i) => 1 + i);
  const found = kStar(listsOf(onLine(...dense, ...sparse), 79), 1);
  assert.ok(found.slice(0, 40).every((k) => k < 45), `${found}`);
  assert.ok(found[79]! > 30);
});

Deno.test("kStar() gives more neighbours to a smaller dimension", () => {
  const places = Array.from({ length: 100 }, (_, i) => (i / 10) ** 3);
  const lists = listsOf(onLine(...places), 99);
  const [small, large] = [kStar(lists, 1), kStar(lists, 10)];
  assert.ok(small.every((k, i) => k >= large[i]!) && small.some((k, i) => k > large[i]!));
});
