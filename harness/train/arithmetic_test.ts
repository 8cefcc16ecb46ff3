import assert from "node:assert/strict";
import { type FloatTensor, openCpu } from "../device/mod.ts";
import { GraphBuilder, writeGraph } from "../graph/mod.ts";
import { Arithmetic } from "./arithmetic.ts";

async function evaluate(
  build: (nodes: Arithmetic, x: string) => string,
  feeds: readonly FloatTensor[],
): Promise<number[]> {
  const builder = new GraphBuilder("formula");
  const x = builder.input("x", feeds[0]!.dims);
  builder.output(build(new Arithmetic(builder, "formula"), x));
  const session = await (await openCpu(1)).open(writeGraph(builder.build()));
  const results: number[] = [];
  try {
    for (const feed of feeds) {
      const [output] = Object.values(await session.run({ x: feed }));
      results.push(output!.data[0]!);
    }
  } finally {
    await session.release();
  }
  return results;
}

Deno.test("Arithmetic.oneMinusPower() keeps all digits near 0 and far from it", async () => {
  const steps = [1, 2, 3, 10, 69, 100, 499, 500, 501, 1e3, 1e4, 1e5, 1e6];
  const feeds = steps.map((step) => ({ dims: [], data: Float32Array.of(step) }));
  for (const base of [0, 0.5, 0.9, 0.99, 0.999, 0.9999]) {
    const found = await evaluate((nodes, x) => nodes.oneMinusPower(base, x), feeds);
    steps.forEach((step, at) => {
      const expected = -Math.expm1(step * Math.log(base));
      const error = Math.abs(found[at]! / expected - 1);
      assert.ok(error < 4e-7, `1 - ${base}^${step}: ${found[at]}, wanted ${expected}`);
    });
  }
});

Deno.test("Arithmetic.sumOfSquares() sums over every axis", async () => {
  for (const dims of [[24], [4, 6], [2, 3, 4]]) {
    const data = Float32Array.from({ length: 24 }, (_, i) => i - 7);
    const expected = data.reduce((sum, value) => sum + value * value, 0);
    const found = await evaluate((nodes, x) => nodes.sumOfSquares(x, dims.length), [{
      dims,
      data,
    }]);
    assert.deepEqual(found, [expected]);
  }
});

Deno.test("Arithmetic adds an operation on the same values once", () => {
  const builder = new GraphBuilder("formula");
  const nodes = new Arithmetic(builder, "formula");
  const sum = nodes.add("a", "b");
  assert.equal(nodes.add("a", "b"), sum);
  assert.notEqual(nodes.add("b", "a"), sum);
  assert.notEqual(nodes.mul("a", "b"), sum);
  assert.equal(nodes.scaled(sum, 1), sum);
  assert.equal(nodes.scaled(sum, 2), nodes.scaled(sum, 2));
  const { nodes: made, initializers } = builder.build();
  assert.deepEqual(made.map(({ op }) => op), ["Add", "Add", "Mul", "Mul"]);
  assert.equal(new Set(made.map(({ name }) => name)).size, 4);
  assert.equal(initializers.size, 1);
});
