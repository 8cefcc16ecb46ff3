import assert from "node:assert/strict";
import { sha256, UsageError } from "../../harness/base/mod.ts";
import { BODY, partRegion } from "../part_truth.ts";
import { classTable } from "./class_table.ts";
import { drawScene } from "./draw_scene.ts";
import { PARTS } from "./parts.ts";
import { renderPixels, renderScene, truthOf } from "./render_scene.ts";
import type { BirdScene } from "./scene.ts";

const TABLE = classTable(50);

function sceneOf(label: number, index = 0): BirdScene {
  return drawScene({ seed: 1, table: TABLE, split: "test", label, index, spurious: 0 });
}

function extent(places: readonly number[]): number {
  return Math.max(...places) - Math.min(...places) + 1;
}

Deno.test("renderScene() keeps its pixels and maps: a change needs another BIRDS_VERSION", () => {
  const digests = [[0, 32], [13, 64], [27, 96], [49, 224]].map(([label, size]) => {
    const { pixels, truth } = renderScene(sceneOf(label!), size!);
    return [sha256(pixels), sha256(truth.regions.data)];
  });
  assert.deepEqual(digests, [
    [
      "b1d038b7021e5abc61baa15c089e40aaa9cfa1d3dc1369c89dd697850cad909b",
      "c0e73e97334efb980bfea10efe08ae9326e33faf00ffc9e3e6ea110d3ceca652",
    ],
    [
      "7f4f4b6815ada3af2d7b903da41ed5633d29a1499e4e444277f55e70560058f6",
      "3dbc43204bcf716e2e1f4c5027013a3dc6660e98bd45fc971753c7893f027c95",
    ],
    [
      "a8057ee6b15f79ca8066da40332ddfe0aa0fc9bcdbf8256cbda7751698d5ffd0",
      "c405f2962ec8297d86159182dee7ab4cba44c2629f13c3f6d3eed31e1a2a1914",
    ],
    [
      "62394a5c260c6de0eeb8b690e6f097e522e41a5513dd4858c7f5798bcb15e00f",
      "b33af46e614d5d004448895ef8ef03c98cac00d8890d59e9673397143f950995",
    ],
  ]);
});

Deno.test("renderPixels() and truthOf() give what renderScene() gives", () => {
  const { pixels, truth } = renderScene(sceneOf(8), 48);
  const out = new Uint8Array(48 * 48 * 3);
  renderPixels(sceneOf(8), 48, out);
  assert.deepEqual(out, pixels);
  assert.deepEqual(truthOf(sceneOf(8), 48), truth);
});

Deno.test("renderScene() shows every part of a bird of every class, large in the frame", () => {
  for (const label of TABLE.classes.keys()) {
    const { points, extents, regions } = truthOf(sceneOf(label, 3), 64);
    PARTS.forEach((name, part) => {
      const { visiblePixels, ownArea, visibility } = extents[part]!;
      const { x, y, visible } = points[part]!;
      assert.ok(visible, `${name} of class ${label}`);
      assert.ok(visiblePixels >= 12, `${name} of class ${label}: ${visiblePixels} pixels`);
      assert.ok(visiblePixels <= ownArea);
      assert.equal(visibility, visiblePixels / ownArea);
      assert.ok(x >= 0 && x < 64 && y >= 0 && y < 64);
    });
    const bird = [...regions.data.keys()].filter((at) => {
      const region = regions.data[at]!;
      return region === BODY || region >= partRegion(0) && region <= partRegion(5);
    });
    const [width, height] = [extent(bird.map((at) => at % 64)), extent(bird.map((at) => at >> 6))];
    assert.ok(width > 0.65 * 64 && height > 0.6 * 64, `class ${label}: ${width} x ${height}`);
  }
});

Deno.test("renderScene() takes a part's point and area from the map", () => {
  const { regions, points, extents } = truthOf(sceneOf(30), 64);
  PARTS.forEach((_, part) => {
    const at = [...regions.data.keys()].filter((k) => regions.data[k] === partRegion(part));
    const mean = (of: (k: number) => number) => at.reduce((sum, k) => sum + of(k), 0) / at.length;
    assert.equal(extents[part]!.visiblePixels, at.length);
    assert.ok(Math.abs(points[part]!.x - mean((k) => k % 64)) < 1e-9);
    assert.ok(Math.abs(points[part]!.y - mean((k) => Math.floor(k / 64))) < 1e-9);
  });
});

Deno.test("renderScene() hides a tail behind a pointed wing, and its own area knows", () => {
  const scene = sceneOf(0);
  const hidden = truthOf({ ...scene, variants: [0, 0, 0, 2, 4, 0] }, 96).extents[4]!;
  const bare = truthOf({ ...scene, variants: [0, 0, 0, null, 4, 0] }, 96).extents[4]!;
  assert.equal(hidden.ownArea, bare.ownArea);
  assert.ok(hidden.visiblePixels < bare.visiblePixels);
});

Deno.test("renderScene() puts parts in the same places at every size", () => {
  const [small, large] = [truthOf(sceneOf(21), 64), truthOf(sceneOf(21), 192)];
  PARTS.forEach((name, part) => {
    for (const axis of ["x", "y"] as const) {
      const [a, b] = [small.points[part]![axis] + 0.5, large.points[part]![axis] + 0.5];
      assert.ok(Math.abs(a / 64 - b / 192) < 0.012, `${name} ${axis}: ${a / 64} ${b / 192}`);
    }
  });
});

Deno.test("renderScene() refuses sizes out of range", () => {
  for (const size of [31, 225, 64.5, NaN]) {
    assert.throws(
      () => renderScene(sceneOf(0), size),
      new UsageError(`Cannot render birds: size ${size}, wanted an integer from 32 to 224`),
    );
  }
});
