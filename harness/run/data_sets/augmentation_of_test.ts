import assert from "node:assert/strict";
import {
  type Augmentation,
  cropAfterPad,
  horizontalFlip,
  oneOf,
  rotate,
  shear,
  shift,
  skew,
} from "../../../datasets/augment/mod.ts";
import { applyVeil, drawVeil } from "../../../datasets/objects/mod.ts";
import { randomStream } from "../../base/mod.ts";
import type { AugmentationSpec } from "../../spec/mod.ts";
import { augmentationOf } from "./augmentation_of.ts";

const SHAPE = { width: 6, height: 5, channels: 3 };
const IMAGE = Uint8Array.from({ length: 90 }, (_, at) => (at * 37) % 256);

function augmented(specs: readonly AugmentationSpec[], seed: number): Uint8Array {
  const out = new Uint8Array(IMAGE.length);
  augmentationOf(specs, SHAPE)!.apply(IMAGE, out, randomStream(seed));
  return out;
}

Deno.test("augmentationOf() is null for none", () => {
  assert.equal(augmentationOf([], SHAPE), null);
});

Deno.test("augmentationOf() does what each name says", () => {
  const pairs = [
    [{ kind: "shift", pixels: 2 }, shift(SHAPE, 2)],
    [{ kind: "flip" }, horizontalFlip(SHAPE)],
    [{ kind: "crop", padding: 2 }, cropAfterPad(SHAPE, 2)],
    [{ kind: "rotate", degrees: 15 }, rotate(SHAPE, 15)],
    [{ kind: "shear", degrees: 10 }, shear(SHAPE, 10)],
    [{ kind: "skew", magnitude: 0.2 }, skew(SHAPE, 0.2)],
    [
      { kind: "oneOf", of: [{ kind: "shift", pixels: 2 }, { kind: "flip" }] },
      oneOf([shift(SHAPE, 2), horizontalFlip(SHAPE)]),
    ],
  ] satisfies [AugmentationSpec, Augmentation][];
  for (const [spec, augmentation] of pairs) {
    for (let seed = 0; seed < 5; seed++) {
      const wanted = new Uint8Array(IMAGE.length);
      augmentation.apply(IMAGE, wanted, randomStream(seed));
      assert.deepEqual(augmented([spec], seed), wanted, spec.kind);
    }
  }
  const veiled = new Uint8Array(IMAGE.length);
  applyVeil(IMAGE, SHAPE, drawVeil(randomStream(3)), veiled);
  assert.deepEqual(augmented([{ kind: "veil" }], 3), veiled);
});

Deno.test("augmentationOf() applies all of them and changes no image that it is given", () => {
  const before = IMAGE.slice();
  const both = augmented([{ kind: "shift", pixels: 2 }, { kind: "veil" }], 4);
  assert.deepEqual(IMAGE, before);
  assert.notDeepEqual(both, augmented([{ kind: "shift", pixels: 2 }], 4));
  assert.notDeepEqual(both, augmented([{ kind: "veil" }], 4));
});
