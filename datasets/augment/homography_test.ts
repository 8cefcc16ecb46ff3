import assert from "node:assert/strict";
import fc from "fast-check";
import { fromRectangle, inverse, mapped, type Point, type Quadrangle } from "./homography.ts";

const near = (found: Point, wanted: Point) =>
  assert.ok(Math.hypot(found[0] - wanted[0], found[1] - wanted[1]) < 1e-6, `${found}, ${wanted}`);

const away = fc.double({ min: -20, max: 20, noNaN: true });

/** Corners of 100 x 80 pixels, each moved by at most 20: always convex. */
const quadrangles = fc.array(away, { minLength: 8, maxLength: 8 }).map((by): Quadrangle => [
  [by[0]!, by[1]!],
  [100 + by[2]!, by[3]!],
  [100 + by[4]!, 80 + by[5]!],
  [by[6]!, 80 + by[7]!],
]);

Deno.test("fromRectangle() takes each corner to its place and straight lines to straight lines", () => {
  fc.assert(fc.property(quadrangles, (to) => {
    const map = fromRectangle(100, 80, to);
    const corners: Quadrangle = [[0, 0], [100, 0], [100, 80], [0, 80]];
    corners.forEach((corner, at) => near(mapped(map, corner), to[at]!));
    const [a, b, c] = [10, 35, 90].map((x) => mapped(map, [x, 0.5 * x]));
    const area = (b![0] - a![0]) * (c![1] - a![1]) - (c![0] - a![0]) * (b![1] - a![1]);
    assert.ok(Math.abs(area) < 1e-6);
  }));
});

Deno.test("inverse() leads back", () => {
  fc.assert(fc.property(quadrangles, (to) => {
    const map = fromRectangle(100, 80, to);
    const points: Point[] = [[0, 0], [13, 71], [99, 5]];
    for (const point of points) near(mapped(inverse(map), mapped(map, point)), point);
  }));
});
