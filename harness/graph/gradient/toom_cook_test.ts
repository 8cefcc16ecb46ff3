import assert from "node:assert/strict";
import * as fc from "fast-check";
import { randomStream } from "../../base/mod.ts";
import { type Matrix, MOST_POINTS, toomCook } from "./toom_cook.ts";

function times(matrix: Matrix, vector: readonly number[]): number[] {
  return matrix.map((row) => row.reduce((sum, value, i) => sum + value * vector[i]!, 0));
}

const sizes = fc.record({
  outputs: fc.integer({ min: 1, max: MOST_POINTS }),
  taps: fc.integer({ min: 1, max: MOST_POINTS }),
});

Deno.test("toomCook() gives the correlation with as many products as it has inputs", () =>
  fc.assert(
    fc.property(
      sizes.filter(({ outputs, taps }) => outputs + taps - 1 <= MOST_POINTS),
      ({ outputs, taps }) => {
        const random = randomStream(1, "toomCook", outputs, taps);
        const draw = (count: number) => Array.from({ length: count }, () => random.normal());
        const [x, w] = [draw(outputs + taps - 1), draw(taps)];
        const { data, weights, output } = toomCook(outputs, taps);
        assert.equal(data.length, x.length);
        const [inputs, factors] = [times(data, x), times(weights, w)];
        const found = times(output, inputs.map((value, point) => value * factors[point]!));
        for (let j = 0; j < outputs; j++) {
          const wanted = w.reduce((sum, value, l) => sum + value * x[j + l]!, 0);
          assert.ok(Math.abs(found[j]! - wanted) < 1e-12, `${found[j]}, wanted ${wanted}`);
        }
      },
    ),
    { seed: 1 },
  ));

Deno.test("toomCook() refuses more points than it has", () =>
  fc.assert(
    fc.property(
      sizes.filter(({ outputs, taps }) => outputs + taps - 1 > MOST_POINTS),
      ({ outputs, taps }) => assert.throws(() => toomCook(outputs, taps), RangeError),
    ),
    { seed: 1 },
  ));
