import assert from "node:assert/strict";
import { randomStream } from "../../harness/base/mod.ts";
import { drawTexture, PATTERNS, type Texture, textureWeight } from "./texture.ts";

const texture = (pattern: Texture["pattern"], frequency = 4): Texture => ({
  pattern,
  frequency,
  direction: [0, 1, 0],
  seed: 17,
});

Deno.test("textureWeight() stays in [0, 1], and shows both colours unless plain", () => {
  const random = randomStream(1, "test");
  for (const pattern of PATTERNS) {
    const chosen = { ...drawTexture(random), pattern };
    const weights = Array.from({ length: 4000 }, () => {
      const coordinate = () => 2 * random.uniform() - 1;
      return textureWeight(chosen, coordinate(), coordinate(), coordinate());
    });
    assert.ok(weights.every((weight) => weight >= 0 && weight <= 1), pattern);
    assert.ok(Math.min(...weights) < 0.1, pattern);
    assert.equal(Math.max(...weights) > 0.9, pattern !== "plain", pattern);
  }
});

Deno.test("textureWeight() of stripes depends on the direction across them alone", () => {
  const at = (x: number, y: number, z: number) => textureWeight(texture("striped"), x, y, z);
  assert.equal(at(0.3, 0.1, -0.2), at(-0.5, 0.1, 0.9));
  assert.equal(at(0.3, 0, 0), 0.5);
  const period = 2 * Math.PI / 8;
  assert.ok(at(0, period / 4, 0) > 0.99 && at(0, -period / 4, 0) < 0.01);
  assert.ok(Math.abs(at(0, 0.1 + period, 0) - at(0, 0.1, 0)) < 1e-9);
});

Deno.test("textureWeight() of a checker changes colour across each plane of the grid", () => {
  const half = Math.PI / (1.4 * 4) / 2;
  const at = (x: number, y: number, z: number) =>
    textureWeight(texture("checkered"), x * half, y * half, z * half);
  assert.ok(at(1, 1, 1) > 0.99);
  assert.ok(at(-1, 1, 1) < 0.01 && at(1, 3, 1) < 0.01 && at(1, 1, -1) < 0.01);
  assert.ok(at(-1, 3, 1) > 0.99);
});

Deno.test("textureWeight() of dots is round a lattice point", () => {
  const at = (x: number, y: number, z: number) =>
    textureWeight(texture("dotted"), x / 4, y / 4, z / 4);
  assert.ok(at(0, 0, 0) > 0.99 && at(3, -2, 1) > 0.99);
  assert.ok(at(0.5, 0.5, 0.5) < 0.01 && at(0.5, 0, 0) < 0.01);
});

Deno.test("textureWeight() of noise is smooth, and another for another seed", () => {
  const marbled = texture("marbled");
  const at = (x: number, seed = 17) => textureWeight({ ...marbled, seed }, x, 0.3, -0.4);
  const steps = Array.from({ length: 2000 }, (_, i) => at(i / 1000 + 0.001) - at(i / 1000));
  assert.ok(Math.max(...steps.map(Math.abs)) < 0.05);
  assert.notEqual(at(0.1), at(0.1, 18));
});
