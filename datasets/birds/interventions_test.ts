import assert from "node:assert/strict";
import { objectRegion, partRegion } from "../part_truth.ts";
import { classTable } from "./class_table.ts";
import { drawScene } from "./draw_scene.ts";
import { keepParts, swapPart, withoutObject } from "./interventions.ts";
import { PARTS, VARIANT_COUNTS } from "./parts.ts";
import { type RenderedBird, renderScene } from "./render_scene.ts";

const SIZE = 64;
/** Outlines reach this far into the neighbours, and a pixel takes its samples from up to half a pixel. */
const REACH = 2;
const TABLE = classTable(20);
const ALL = [...PARTS.keys()];
const SCENES = [0, 5, 11, 19].map((label) =>
  drawScene({ seed: 4, table: TABLE, split: "test", label, index: 2, spurious: 0 })
);

/** Fails when the pictures differ farther than `REACH` pixels from a region in any of the maps. */
function assertSameBeyond(
  a: RenderedBird,
  b: RenderedBird,
  region: number,
  what: string,
  maps = [a, b],
): void {
  const near = new Uint8Array(SIZE * SIZE);
  for (const { truth: { regions: { data } } } of maps) {
    data.forEach((found, at) => {
      if (found !== region) return;
      const [x, y] = [at % SIZE, Math.floor(at / SIZE)];
      for (let row = Math.max(0, y - REACH); row <= Math.min(SIZE - 1, y + REACH); row++) {
        const [from, to] = [Math.max(0, x - REACH), Math.min(SIZE - 1, x + REACH)];
        near.fill(1, row * SIZE + from, row * SIZE + to + 1);
      }
    });
  }
  let changed = 0;
  a.pixels.forEach((value, at) => {
    if (value === b.pixels[at]) return;
    changed++;
    const pixel = Math.floor(at / 3);
    assert.ok(near[pixel], `${what} changed pixel ${pixel % SIZE}, ${Math.floor(pixel / SIZE)}`);
  });
  assert.ok(changed > 0, `${what} changed nothing`);
}

Deno.test("swapPart() changes pixels only near the part and keeps all else", () => {
  for (const scene of SCENES) {
    const before = renderScene(scene, SIZE);
    for (const part of ALL) {
      for (let variant = 0; variant < VARIANT_COUNTS[part]!; variant++) {
        if (variant === scene.variants[part]) continue;
        const { scene: swapped } = swapPart(scene, TABLE, part, variant);
        assert.deepEqual({ ...swapped, variants: scene.variants }, scene);
        const after = renderScene(swapped, SIZE);
        assertSameBeyond(before, after, partRegion(part), `${PARTS[part]} ${variant}`);
      }
    }
  }
});

Deno.test("swapPart() names the class that the bird then shows", () => {
  for (const { classes: [a, b], part } of TABLE.confusable) {
    const scene = drawScene({
      seed: 1,
      table: TABLE,
      split: "test",
      label: a,
      index: 0,
      spurious: 0,
    });
    const { variants } = TABLE.classes[b]!;
    const swapped = swapPart(scene, TABLE, part, variants[part]!);
    assert.equal(swapped.label, b);
    assert.equal(swapped.scene.label, a);
    assert.equal(swapPart(swapped.scene, TABLE, part, scene.variants[part]!).label, a);
  }
  // Class 19 is in no pair: every change leads out of the table.
  const lonely = SCENES.at(-1)!;
  assert.equal(swapPart(lonely, TABLE, 0, (lonely.variants[0]! + 1) % 5).label, null);
});

Deno.test("keepParts() leaves no region of the others, whatever the subset", () => {
  const scene = SCENES[0]!;
  for (let bits = 0; bits < 64; bits++) {
    const kept = ALL.filter((part) => bits >> part & 1);
    const { truth } = renderScene(keepParts(scene, kept), 32);
    const shown = new Set(truth.regions.data);
    for (const part of ALL) {
      const isKept = kept.includes(part);
      assert.equal(shown.has(partRegion(part)), isKept, `${PARTS[part]} of ${bits}`);
      assert.equal(truth.points[part]!.visible, isKept);
      if (!isKept) {
        assert.deepEqual(truth.extents[part], { visiblePixels: 0, ownArea: 0, visibility: 0 });
      }
    }
  }
});

Deno.test("keepParts() changes pixels only near the part that is away", () => {
  for (const scene of SCENES) {
    const whole = renderScene(scene, SIZE);
    for (const part of ALL) {
      // The wing takes its shadow with it, which falls on the trunk beside it.
      if (PARTS[part] === "wing") continue;
      const without = renderScene(keepParts(scene, ALL.filter((other) => other !== part)), SIZE);
      assertSameBeyond(whole, without, partRegion(part), `no ${PARTS[part]}`);
    }
    assert.deepEqual(keepParts(scene, ALL), scene);
    assert.deepEqual(keepParts(keepParts(scene, [1]), ALL), keepParts(scene, [1]));
  }
});

Deno.test("withoutObject() removes one object and leaves the others' ids", () => {
  let removed = 0;
  for (const scene of SCENES) {
    const whole = renderScene(scene, SIZE);
    for (const object of scene.objects) {
      const { id } = object;
      const fewer = withoutObject(scene, id);
      assert.deepEqual(
        fewer.objects.map((other) => other.id),
        scene.objects.map((other) => other.id).filter((other) => other !== id),
      );
      const seen = whole.truth.regions.data.filter((region) => region === objectRegion(id)).length;
      // Hidden behind the bird or the perch.
      if (seen < 6) continue;
      removed++;
      const without = renderScene(fewer, SIZE);
      assert.ok(!without.truth.regions.data.includes(objectRegion(id)));
      // Slivers of it may show between what hides it: near is what it covers when bird and perch are far away.
      const pose = { ...scene.pose, y: 9 };
      const alone = renderScene({ ...keepParts(scene, []), pose, objects: [object] }, SIZE);
      assertSameBeyond(whole, without, objectRegion(id), `no object ${id}`, [alone]);
    }
  }
  assert.ok(removed > 15);
});

Deno.test("interventions refuse what a scene does not have", () => {
  const scene = SCENES[0]!;
  assert.throws(
    () => keepParts(scene, [0, 6]),
    new RangeError("Cannot change part 6: wanted 0 to 5"),
  );
  assert.throws(() => swapPart(scene, TABLE, -1, 0), RangeError);
  assert.throws(
    () => swapPart(scene, TABLE, 1, 4),
    new RangeError("Cannot change the eye: variant 4, wanted 0 to 3"),
  );
  assert.throws(() => withoutObject(scene, 99), RangeError);
});
