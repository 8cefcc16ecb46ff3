import assert from "node:assert/strict";
import { describeObject } from "./describe_object.ts";
import { drawObject } from "./draw_object.ts";
import { SOLIDS } from "./intersect.ts";
import { PATTERNS } from "./texture.ts";
import { dot, norm, scaleAdd, type Vector } from "./vector.ts";

const OBJECTS = Array.from({ length: 400 }, (_, index) => drawObject(1, index));

Deno.test("drawObject() draws 3 to 6 parts, all solids and all patterns about equally often", () => {
  const counts = OBJECTS.map((parts) => parts.length);
  assert.deepEqual([...new Set(counts)].toSorted(), [3, 4, 5, 6]);
  const parts = OBJECTS.flat();
  for (
    const [kinds, kindOf] of [
      [SOLIDS, (at: number) => parts[at]!.solid],
      [PATTERNS, (at: number) => parts[at]!.texture.pattern],
    ] as const
  ) {
    for (const kind of kinds) {
      const share = parts.filter((_, at) => kindOf(at) === kind).length / parts.length;
      // Six standard errors of a share near 1/4 in 1800 draws.
      assert.ok(Math.abs(share - 1 / kinds.length) < 0.06, `${kind}: ${share}`);
    }
  }
});

Deno.test("drawObject() centres the parts and fits them in the unit ball", () => {
  for (const parts of OBJECTS) {
    const sum = parts.reduce<Vector>((total, { centre }) => scaleAdd(1, total, centre), [0, 0, 0]);
    assert.ok(norm(sum) < 1e-12);
    const reach = parts.map(({ centre, axes }) => norm(centre) + 1.2 * Math.max(...axes));
    assert.ok(Math.abs(Math.max(...reach) - 1) < 1e-12);
  }
});

Deno.test("drawObject() keeps cylinders and cones round, axes and colours in range", () => {
  for (const { solid, axes, rotation, colour, secondColour, texture } of OBJECTS.flat()) {
    if (solid === "cylinder" || solid === "cone") assert.equal(axes[0], axes[1]);
    assert.ok(Math.max(...axes) / Math.min(...axes) <= 0.48 / 0.13);
    rotation.forEach((row, i) =>
      rotation.forEach((other, j) => assert.ok(Math.abs(dot(row, other) - Number(i === j)) < 1e-12))
    );
    assert.ok(colour.saturation >= 0.3 && colour.saturation < 0.95);
    assert.ok(colour.value >= 0.35 && colour.value < 1);
    assert.equal(colour.value > 0.65, secondColour.value < 0.4);
    assert.ok(texture.frequency >= 3 && texture.frequency < 9);
    assert.ok(Math.abs(norm(texture.direction) - 1) < 1e-12);
  }
});

Deno.test("describeObject() names the three largest parts in words", () => {
  const [part] = OBJECTS[0]!;
  const plain = { ...part!.texture, pattern: "plain" } as const;
  const colour = { hue: 0.65, saturation: 0.8, value: 0.9 };
  const of = (size: number) => ({ ...part!, axes: [size, size, size] as const, colour });
  assert.equal(
    describeObject([
      { ...of(0.2), solid: "cube", texture: { ...plain, pattern: "striped" } },
      { ...of(0.4), solid: "sphere", texture: plain },
      { ...of(0.1), solid: "sphere", texture: plain },
      { ...of(0.3), solid: "cone", texture: plain, colour: { ...colour, hue: -1, value: 0.4 } },
    ]),
    "blue ball, dark red cone, striped blue box",
  );
});
