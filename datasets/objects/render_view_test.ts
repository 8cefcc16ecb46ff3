import assert from "node:assert/strict";
import { drawObject, type Part } from "./draw_object.ts";
import { drawView, type View } from "./draw_view.ts";
import { INTERSECT, SOLIDS } from "./intersect.ts";
import { Renderer } from "./render_view.ts";
import { rotate, scaleAdd, scaled, transposed, type Vector } from "./vector.ts";

const IDENTITY = [[1, 0, 0], [0, 1, 0], [0, 0, 1]] as const;

const WHITE = { hue: 0, saturation: 0, value: 1 };

const BALL: Part = {
  solid: "sphere",
  centre: [0, 0, 0],
  rotation: IDENTITY,
  axes: [0.8, 0.8, 0.8],
  colour: WHITE,
  secondColour: WHITE,
  texture: { pattern: "plain", frequency: 3, direction: [1, 0, 0], seed: 0 },
};

/** From the front, lit from the camera. */
const FRONT: View = {
  rotation: IDENTITY,
  scale: 1,
  shift: [0, 0],
  light: [0, 0, 1],
  intensity: [0.9, 0.5, 0.25],
};

function draw(parts: readonly Part[], view: View, size: number): Uint8Array {
  const out = new Uint8Array(3 * size * size);
  new Renderer(size).draw(parts, view, out);
  return out;
}

/** Middle of the lit pixels and the radius of a disc of their area, in half-widths. */
function discOf(out: Uint8Array, size: number): { x: number; y: number; radius: number } {
  let x = 0, y = 0, count = 0;
  for (let at = 0; at < size * size; at++) {
    if (out[3 * at] === 0) continue;
    x += (2 * (at % size) + 1) / size - 1;
    y += 1 - (2 * Math.floor(at / size) + 1) / size;
    count++;
  }
  return { x: x / count, y: y / count, radius: 2 * Math.sqrt(count / Math.PI) / size };
}

function assertNear(found: number, wanted: number, tolerance: number): void {
  assert.ok(Math.abs(found - wanted) < tolerance, `${found}, wanted ${wanted}`);
}

Deno.test("Renderer draws a ball in the middle, of the size that perspective gives it", () => {
  for (const scale of [0.8, 1]) {
    const disc = discOf(draw([BALL], { ...FRONT, scale }, 200), 200);
    assertNear(disc.x, 0, 1e-9);
    assertNear(disc.y, 0, 1e-9);
    assertNear(disc.radius, Math.tan(Math.asin(0.8 * scale / 3.2)) / 0.36, 0.01);
  }
});

Deno.test("Renderer shifts to the right and up, and mirrors the place of a part after half a turn", () => {
  const shifted = discOf(draw([BALL], { ...FRONT, shift: [0.1, 0.05] }, 200), 200);
  assertNear(shifted.x, 0.1, 1e-9);
  assertNear(shifted.y, 0.05, 1e-9);
  const aside: Part = { ...BALL, centre: [0.5, 0, 0], axes: [0.2, 0.2, 0.2] };
  const right = discOf(draw([aside], FRONT, 200), 200);
  assertNear(right.x, 0.5 / 3.2 / 0.36, 0.01);
  const half: View = { ...FRONT, rotation: [[-1, 0, 0], [0, 1, 0], [0, 0, -1]] };
  assertNear(discOf(draw([aside], half, 200), 200).x, -right.x, 1e-9);
});

Deno.test("Renderer shades by 0.3 + 0.75 cos of the angle to the light", () => {
  const size = 201;
  const middle = 3 * (100 * size + 100);
  for (
    const [light, shade] of [[[0, 0, 1], 1.05], [[0.8, 0, 0.6], 0.75], [[0, 1, 0], 0.3]] as const
  ) {
    const out = draw([BALL], { ...FRONT, light }, size);
    const found = out.subarray(middle, middle + 3);
    assert.deepEqual(
      [...found],
      FRONT.intensity.map((of) => Math.round(255 * of * shade)),
    );
  }
});

Deno.test("Renderer lets the nearer part hide the other, in any order", () => {
  const red: Part = { ...BALL, colour: { hue: 0, saturation: 1, value: 1 } };
  const near: Part = { ...red, centre: [0, 0, 0.6], axes: [0.3, 0.3, 0.3] };
  const out = draw([BALL, near], FRONT, 64);
  assert.deepEqual(draw([near, BALL], FRONT, 64), out);
  const middle = 3 * (32 * 64 + 32);
  assert.ok(out[middle]! > 200 && out[middle + 1] === 0);
});

/** Whether any part lies on the ray through a point of the image plane, without the bounding boxes. */
function isCovered(parts: readonly Part[], view: View, x: number, y: number): boolean {
  const inverse = transposed(view.rotation);
  const toObject = (a: Vector) => scaled(1 / view.scale, rotate(inverse, a));
  const origin = toObject([0, 0, 3.2]);
  const direction = toObject([0.36 * (x - view.shift[0]), 0.36 * (y - view.shift[1]), -1]);
  return parts.some(({ solid, centre, rotation, axes }) => {
    const o = rotate(rotation, scaleAdd(-1, centre, origin)).map((a, at) => a / axes[at]!);
    const d = rotate(rotation, direction).map((a, at) => a / axes[at]!);
    return INTERSECT[solid](o[0]!, o[1]!, o[2]!, d[0]!, d[1]!, d[2]!, new Float64Array(4));
  });
}

Deno.test("Renderer lights exactly the pixels whose rays meet a part", () => {
  const size = 24;
  const solids = new Set<string>();
  for (let object = 0; object < 12; object++) {
    // White, so that one ray of the nine is enough for a value above 0.
    const parts = drawObject(9, object).map((part) => ({
      ...part,
      colour: WHITE,
      secondColour: WHITE,
    }));
    for (const { solid } of parts) solids.add(solid);
    const view = drawView(9, object, 2, 5);
    const out = draw(parts, view, size);
    for (let at = 0; at < size * size; at++) {
      let covered = false;
      for (let ray = 0; ray < 9; ray++) {
        const column = 3 * (at % size) + ray % 3;
        const row = 3 * Math.floor(at / size) + Math.floor(ray / 3);
        const x = (2 * column + 1) / (3 * size) - 1, y = 1 - (2 * row + 1) / (3 * size);
        covered ||= isCovered(parts, view, x, y);
      }
      assert.equal(out[3 * at]! > 0, covered, `object ${object}, pixel ${at}`);
    }
  }
  assert.equal(solids.size, SOLIDS.length);
});
