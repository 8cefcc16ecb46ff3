import assert from "node:assert/strict";
import { closedCurve, ellipse, openCurve, type Path, ribbon } from "./path.ts";

/** Area of a polygon (shoelace formula). */
function area(path: Path): number {
  const twice = path.reduce((sum, [x, y], at) => {
    const [nx, ny] = path[(at + 1) % path.length]!;
    return sum + x * ny - nx * y;
  }, 0);
  return Math.abs(twice) / 2;
}

Deno.test("ellipse() has the area of an ellipse wherever it lies", () => {
  // 28 corners lose less than one per cent.
  assert.ok(Math.abs(area(ellipse(3, -2, 0.5, 0.2, 0.7)) / (Math.PI * 0.1) - 1) < 0.01);
});

Deno.test("closedCurve() and openCurve() go through their points", () => {
  const points = [[0, 0], [1, 0.2], [1.3, 1], [0.1, 0.8]] as const;
  for (const curve of [closedCurve(points), openCurve(points)]) {
    for (const point of points) {
      assert.ok(curve.some(([x, y]) => Math.hypot(x - point[0], y - point[1]) < 1e-12));
    }
  }
});

Deno.test("ribbon() is as wide as told along a line", () => {
  assert.ok(Math.abs(area(ribbon([[0, 0], [2, 0]], [0.4, 0.4])) - 0.8) < 1e-9);
  assert.ok(Math.abs(area(ribbon([[0, 0], [0, 2]], [0.4, 0])) - 0.4) < 1e-9);
});
