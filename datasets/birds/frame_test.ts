import assert from "node:assert/strict";
import fc from "fast-check";
import { composed, inverse, placed, scaled, turned } from "./frame.ts";
import type { Point } from "./path.ts";

const number = fc.double({ min: -2, max: 2, noNaN: true });
const point = fc.tuple(number, number);
const frame = fc.tuple(number, point, fc.double({ min: 0.1, max: 2, noNaN: true }), point)
  .map(([angle, about, scale, origin]) =>
    composed(scaled(-scale, scale, origin), turned(angle, about))
  );

function assertClose(a: Point, b: Point): void {
  assert.ok(Math.hypot(a[0] - b[0], a[1] - b[1]) < 1e-9, `${a} and ${b}`);
}

Deno.test("composed() places points as the inner, then the outer frame", () => {
  fc.assert(fc.property(frame, frame, point, (outer, inner, at) => {
    assertClose(placed(composed(outer, inner), at), placed(outer, placed(inner, at)));
  }));
});

Deno.test("inverse() leads back", () => {
  fc.assert(fc.property(frame, point, (there, at) => {
    assertClose(placed(inverse(there), placed(there, at)), at);
  }));
});

Deno.test("turned() turns clockwise as seen and keeps its centre", () => {
  assertClose(placed(turned(Math.PI / 2, [1, 1]), [2, 1]), [1, 2]);
  assertClose(placed(turned(0.3, [1, 2]), [1, 2]), [1, 2]);
});
