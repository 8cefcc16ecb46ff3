import assert from "node:assert/strict";
import fc from "fast-check";
import { randomStream, UsageError } from "../../harness/base/mod.ts";
import type { Augmentation, ImageShape } from "./augmentation.ts";
import { type Homography, mapped, type Point } from "./homography.ts";
import { oneOf } from "./one_of.ts";
import { protopnetPipelines } from "./protopnet_pipelines.ts";
import { rotate, rotation } from "./rotate.ts";
import { shear, shearing } from "./shear.ts";
import { skew, skewing } from "./skew.ts";
import { applied, chosen } from "./testdata/chosen.ts";

const SQUARE = { width: 200, height: 200, channels: 3 };
const WIDE = { width: 200, height: 100, channels: 3 };

function cornersOf({ width, height }: ImageShape): Point[] {
  return [[0, 0], [width, 0], [width, height], [0, height]];
}

/** Whether nothing of the result is beyond the image. */
function requireInside(map: Homography, shape: ImageShape): void {
  for (const corner of cornersOf(shape)) {
    const [x, y] = mapped(map, corner);
    const isInside = x > -1e-9 && x < shape.width + 1e-9 && y > -1e-9 && y < shape.height + 1e-9;
    assert.ok(isInside, `${corner} is seen at ${x}, ${y}`);
  }
}

function nearly(found: readonly number[], wanted: readonly number[]): void {
  assert.equal(found.length, wanted.length);
  found.forEach((value, at) => assert.ok(Math.abs(value - wanted[at]!) < 1e-6, `${found}`));
}

const angles = fc.double({ min: -26, max: 26, noNaN: true });

Deno.test("rotation(), shearing() and skewing() show nothing beyond the image", () => {
  fc.assert(fc.property(angles, fc.constantFrom(SQUARE, WIDE), (angle, shape) => {
    requireInside(rotation(shape, angle), shape);
    requireInside(shearing(shape, "x", angle), shape);
    requireInside(shearing(shape, "y", angle), shape);
    requireInside(skewing(shape, [[0, -1], [0, 0], [1, 0], [0, 1]], Math.abs(angle)), shape);
  }));
});

Deno.test("rotation() turns clockwise about the centre and keeps cos t - sin t of a square", () => {
  const map = rotation(SQUARE, 15);
  nearly(mapped(map, [100, 100]), [100, 100]);
  const [fromX, fromY] = mapped(map, [0, 100]);
  const [toX, toY] = mapped(map, [200, 100]);
  // What is upper right of the centre comes to its right.
  assert.ok(toX > 100 && toY < 100);
  nearly([Math.hypot(toX - fromX, toY - fromY) / 200], [Math.SQRT1_2]);
  nearly(rotation(WIDE, 0), [1, 0, 0, 0, 1, 0, 0, 0, 1]);
});

Deno.test("shearing() keeps what is full in every row or column, as Augmentor does", () => {
  const lost = 100 * Math.tan(20 * Math.PI / 180);
  const right = shearing(WIDE, "x", 20);
  nearly(mapped(right, [0, 0]), [0, 0]);
  nearly(mapped(right, [200, 100]), [200, 100]);
  nearly(mapped(right, [200, 0]), [200 - lost, 0]);
  const left = shearing(WIDE, "x", -20);
  nearly(mapped(left, [200, 0]), [200, 0]);
  nearly(mapped(left, [0, 100]), [0, 100]);
  nearly(mapped(shearing(WIDE, "y", 20), [0, 100]), [0, 100 - 2 * lost]);
});

Deno.test("skewing() has Augmentor's coefficients", () => {
  // Solved with NumPy from the equations in Augmentor's Operations.py: 200 x 100 pixels, distance 30.
  const cases: [Parameters<typeof skewing>[1], number[]][] = [
    [[[0, -1], [0, 0], [0, 0], [0, 1]], [0.625, 0, 0, -0.09375, 0.625, 18.75, -0.001875, 0]],
    [[[0, 0], [0, 0], [1, 0], [-1, 0]], [1, 0.3, 0, 0, 1.3, 0, 0, 0.003]],
    [[[0, 0], [0, -1], [0, 0], [0, 0]], [1.3, 0, 0, 0.15, 1, 0, 0.0015, 0]],
  ];
  for (const [pull, wanted] of cases) {
    const map = skewing(WIDE, pull, 30);
    nearly(map.slice(0, 8).map((value) => value / map[8]), wanted);
  }
});

Deno.test("rotate(), shear() and skew() refuse what leaves nothing of the image", () => {
  const refuse = (make: () => Augmentation, message: string) =>
    assert.throws(make, new UsageError(message));
  refuse(
    () => rotate(WIDE, 27),
    "rotate: 27 degrees, wanted above 0 and below 26.57 for images of 200 x 100 pixels",
  );
  refuse(
    () => shear(SQUARE, 45),
    "shear: 45 degrees, wanted above 0 and below 45 for images of 200 x 200 pixels",
  );
  refuse(() => skew(SQUARE, 1.5), "skew: magnitude 1.5, wanted above 0 and at most 1");
  for (const bad of [0, -1, NaN]) {
    for (const make of [rotate, shear, skew]) assert.throws(() => make(SQUARE, bad), UsageError);
  }
});

Deno.test("skew() tilts towards every side and pulls every corner", () => {
  const shape = { width: 16, height: 16, channels: 1 };
  const image = Uint8Array.from({ length: 256 }, (_, at) => (at * 37) % 256);
  const seen = new Set<string>();
  for (const pulls of [4, 8]) {
    for (let at = 0; at < pulls; at++) {
      const random = { ...chosen(pulls === 4 ? 2 : 3, at), uniform: () => 0.9 };
      seen.add(applied(skew(shape, 0.3), image, random).join());
    }
  }
  assert.equal(seen.size, 12);
});

Deno.test("protopnetPipelines() turn, tilt and shear, and mirror every second image", () => {
  const shape = { width: 24, height: 24, channels: 3 };
  const plain = new Uint8Array(24 * 24 * 3).fill(90);
  const half = Uint8Array.from(plain, (value, at) => Math.floor(at / 3) % 24 < 12 ? value : 200);
  for (const pipeline of protopnetPipelines(shape)) {
    let mirrored = 0;
    for (let seed = 0; seed < 200; seed++) {
      const image = applied(pipeline, half, randomStream(seed, "test"));
      if (image[12 * 24 * 3]! > 145) mirrored++;
      assert.ok(applied(pipeline, plain, randomStream(seed)).every((value) => value === 90));
    }
    // Standard deviation: 7.
    assert.ok(Math.abs(mirrored - 100) < 28, `${mirrored} of 200`);
  }
});

Deno.test("oneOf() takes each with the same probability", () => {
  const counts = [0, 0, 0];
  const counting = counts.map((_, at): Augmentation => ({ apply: () => void counts[at]!++ }));
  const random = randomStream(1, "test");
  const augmentation = oneOf([counting[0]!, counting[1]!, counting[2]!]);
  const image = Uint8Array.of(1);
  for (let draw = 0; draw < 3000; draw++) augmentation.apply(image, new Uint8Array(1), random);
  // Standard deviation: 26.
  for (const count of counts) assert.ok(Math.abs(count - 1000) < 104, `${counts}`);
});
