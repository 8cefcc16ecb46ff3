import assert from "node:assert/strict";
import fc from "fast-check";
import type { PrototypeLayer } from "../prototypes/mod.ts";
import { activeUnits, compositeOf, globalSize, sparsityOf, unitsForPoints } from "./sizes.ts";

const WEIGHTS = Float32Array.of(1, -0.5, 0.0005, 0, -0.5, 2, 0.0005, 0);

Deno.test("globalSize() counts units with a positive connection to some class", () => {
  assert.equal(globalSize(WEIGHTS, 4), 2);
});

Deno.test("sparsityOf() counts negative connections as PIP-Net does, and as connections", () => {
  assert.deepEqual(sparsityOf(WEIGHTS), { positive: 6 / 8, absolute: 4 / 8 });
});

Deno.test("unitsForPoints() needs as few units as make 90 % of the positive points", () => {
  assert.equal(unitsForPoints(Float64Array.of(1, 8, -20, 1)), 2);
  assert.equal(unitsForPoints(Float64Array.of(95, 1, 1, 1, 1, 1)), 1);
  assert.equal(unitsForPoints(Float64Array.of(-1, 0)), 0);
});

Deno.test("unitsForPoints() does not depend on the order of the units", () => {
  const points = fc.array(fc.double({ min: -5, max: 5, noNaN: true }), { maxLength: 30 });
  fc.assert(fc.property(points, (values) => {
    const units = unitsForPoints(Float64Array.from(values));
    assert.equal(units, unitsForPoints(Float64Array.from(values.toReversed())));
    assert.ok(units <= values.filter((value) => value > 0).length);
  }));
});

Deno.test("activeUnits() counts answers above a tenth of the largest", () => {
  assert.equal(activeUnits(Float64Array.of(10, 1, 1.01, 0.5)), 2);
});

Deno.test("compositeOf() is ProtoPNeXt's score", () => {
  const layer: PrototypeLayer = {
    classes: 2,
    depth: 1,
    vectors: Float32Array.of(0.1, 0.2, 0.3, 0.3),
    classOf: Int32Array.of(0, 0, 1, 1),
    weights: new Float32Array(8),
    similarity: "log",
  };
  const { sparsity, prototypeScore, accuracyScore } = compositeOf(layer, {
    accuracy: 0.5,
    stability: 1,
    consistency: 0.5,
  });
  assert.equal(sparsity, 2 / 3);
  assert.equal(prototypeScore, (2 / 3 + 1.5) / 3);
  assert.equal(accuracyScore, prototypeScore / 2);
  const single = { ...layer, vectors: new Float32Array(4) };
  assert.equal(
    compositeOf(single, { accuracy: 1, stability: 1, consistency: 1 }).prototypeScore,
    1,
  );
});
