import assert from "node:assert/strict";
import fc from "fast-check";
import { PICTURE } from "./frame.ts";
import type { Path, Point } from "./path.ts";
import { Spans } from "./spans.ts";

const ACROSS = 20;

function covered(path: Path): Uint8Array {
  const spans = new Spans(ACROSS);
  const out = new Uint8Array(ACROSS ** 2);
  spans.trace(path, PICTURE);
  spans.each((row, from, to) => {
    for (let column = from; column < to; column++) out[row * ACROSS + column]!++;
  });
  return out;
}

/** Whether a point lies on an outline, where inside and outside are a matter of rounding. */
function onOutline(path: Path, [x, y]: Point): boolean {
  return path.some(([ax, ay], at) => {
    const [bx, by] = path[(at + 1) % path.length]!;
    const length = Math.hypot(bx - ax, by - ay);
    const along = length === 0 ? 0 : ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / length ** 2;
    const nearest = Math.max(0, Math.min(1, along));
    return Math.hypot(ax + nearest * (bx - ax) - x, ay + nearest * (by - ay) - y) < 1e-9;
  });
}

/** Winding number of a polygon around a point, by angles. */
function winding(path: Path, [x, y]: Point): number {
  let turn = 0;
  path.forEach(([ax, ay], at) => {
    const [bx, by] = path[(at + 1) % path.length]!;
    const step = Math.atan2(by - y, bx - x) - Math.atan2(ay - y, ax - x);
    turn += step - 2 * Math.PI * Math.round(step / (2 * Math.PI));
  });
  return Math.round(turn / (2 * Math.PI));
}

Deno.test("Spans visits each sample inside of a polygon once, also where it crosses itself", () => {
  const place = fc.integer({ min: -30, max: 127 }).map((k) => k / 97);
  const points = fc.array(fc.tuple(place, place), { minLength: 3, maxLength: 9 });
  fc.assert(fc.property(points, (path) => {
    const found = covered(path);
    for (let at = 0; at < ACROSS ** 2; at++) {
      const sample: Point = [
        (at % ACROSS + 0.5) / ACROSS,
        (Math.floor(at / ACROSS) + 0.5) / ACROSS,
      ];
      if (onOutline(path, sample)) continue;
      assert.equal(found[at], winding(path, sample) === 0 ? 0 : 1);
    }
  }));
});

Deno.test("Spans gives the box of the polygon", () => {
  const { box } = new Spans(ACROSS).trace([[0.2, 0.1], [0.9, 0.3], [-0.4, 1.2]], PICTURE);
  assert.deepEqual(box, { left: -0.4, right: 0.9, top: 0.1, bottom: 1.2 });
});
