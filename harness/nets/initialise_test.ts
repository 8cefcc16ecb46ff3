import assert from "node:assert/strict";
import { GraphBuilder } from "../graph/mod.ts";
import { Initialiser } from "./initialise.ts";

/** Draws one tensor of 20 000 weights. */
function drawn(draw: (init: Initialiser) => string, seed = 1): readonly number[] {
  const graph = new GraphBuilder("weights");
  const name = draw(new Initialiser(graph, seed));
  return [...graph.build().initializers.get(name)!.data].map(Number);
}

function moments(values: readonly number[]) {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, deviation: Math.sqrt(squares / (values.length - 1)) };
}

/** Mean 0 and the deviation, both within five standard errors of a sample of normal values. */
function assertMoments(values: readonly number[], deviation: number): void {
  const found = moments(values);
  const n = values.length;
  assert.ok(Math.abs(found.mean) < 5 * deviation / Math.sqrt(n), `mean ${found.mean}`);
  const error = Math.abs(found.deviation - deviation);
  assert.ok(error < 5 * deviation / Math.sqrt(2 * n), `deviation ${found.deviation}`);
}

Deno.test("kaimingNormalFanOut() draws with variance 2 / (output channels x kernel area)", () => {
  const values = drawn((init) => init.kaimingNormalFanOut("w", [20, 40, 5, 5]));
  assertMoments(values, Math.sqrt(2 / (20 * 25)));
  const beyondTwo = values.filter((value) => Math.abs(value) > 2 * Math.sqrt(2 / 500)).length;
  assert.ok(Math.abs(beyondTwo / values.length - 0.0455) < 0.0074, "normal tails");
});

Deno.test("kaimingNormalFanIn() draws with variance 2 / (input channels x kernel area)", () => {
  assertMoments(drawn((init) => init.kaimingNormalFanIn("w", [20, 40, 5, 5])), Math.sqrt(2 / 1000));
  assertMoments(drawn((init) => init.kaimingNormalFanIn("w", [200, 100])), Math.sqrt(2 / 100));
});

Deno.test("uniformFanIn() draws uniformly between -1/sqrt(fan-in) and 1/sqrt(fan-in)", () => {
  const values = drawn((init) => init.uniformFanIn("w", [200, 100], 100));
  assertMoments(values, 0.1 / Math.sqrt(3));
  assert.ok(values.every((value) => Math.abs(value) <= Math.fround(0.1)));
  assert.ok(Math.max(...values) > 0.099 && Math.min(...values) < -0.099);
});

Deno.test("normal() draws with the deviation that it is given", () =>
  assertMoments(drawn((init) => init.normal("w", [200, 100], 0.01)), 0.01));

Deno.test("Initialiser draws by name and seed, whatever was drawn before", () => {
  const alone = drawn((init) => init.normal("w", [100], 1));
  const second = drawn((init) => {
    init.normal("other", [7], 1);
    return init.normal("w", [100], 1);
  });
  assert.deepEqual(second, alone);
  assert.notDeepEqual(drawn((init) => init.normal("v", [100], 1)), alone);
  assert.notDeepEqual(drawn((init) => init.normal("w", [100], 1), 2), alone);
});
