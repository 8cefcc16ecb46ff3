import assert from "node:assert/strict";
import { ints } from "../mod.ts";
import { interpret64, type Tensor64 } from "../testdata/interpret64.ts";
import { CaseBuilder } from "../testdata/operator_cases/case_builder.ts";
import { differentiatedCase, weightedSum } from "../testdata/weighted_sum.ts";

const BATCH = 4;
const INPUTS = 2;
const OUTPUTS = 3;

/** dw[o, i, r, c] = sum of g[b, o, y, x] x[b, i, y + r - before, x + c - before]. */
function byDefinition(x: Tensor64, g: Tensor64, kernel: readonly number[], before: number) {
  const [, , height, width] = x.dims as [number, number, number, number];
  const [, , rows, columns] = g.dims as [number, number, number, number];
  const gradient: number[] = [];
  for (let o = 0; o < OUTPUTS; o++) {
    for (let i = 0; i < INPUTS; i++) {
      for (let r = 0; r < kernel[0]!; r++) {
        for (let c = 0; c < kernel[1]!; c++) {
          let sum = 0;
          for (let b = 0; b < BATCH; b++) {
            for (let row = 0; row < rows; row++) {
              for (let column = 0; column < columns; column++) {
                const [y, z] = [row + r - before, column + c - before];
                if (y < 0 || y >= height || z < 0 || z >= width) continue;
                sum += g.data[((b * OUTPUTS + o) * rows + row) * columns + column]! *
                  x.data[((b * INPUTS + i) * height + y) * width + z]!;
              }
            }
          }
          gradient.push(sum);
        }
      }
    }
  }
  return gradient;
}

// The groups have one image, two and all four.
for (const [height, width] of [[32, 32], [23, 24], [7, 5]] as const) {
  for (const [kernel, pads] of [[[3, 3], 1], [[5, 5], 2], [[3, 1], 0], [[1, 1], 0]] as const) {
    Deno.test(`weightGradient() sums over all images of ${height} x ${width} for a kernel of ${kernel}`, () => {
      const builder = new CaseBuilder(`${height} ${width} ${kernel}`, 17);
      const x = builder.input("x", [BATCH, INPUTS, height, width]);
      const w = builder.input("w", [OUTPUTS, INPUTS, ...kernel]);
      builder.y("Conv", [x, w], { pads: ints([pads, pads, pads, pads]) });
      const lossCase = weightedSum(builder.build());
      const { graph, gradients } = differentiatedCase(lossCase);
      const found = interpret64(graph, lossCase.feeds).get(gradients.get("w")!)!;
      const { feeds } = lossCase;
      const wanted = byDefinition(feeds.get("x")!, feeds.get("weights")!, kernel, pads);
      assert.deepEqual([...found.dims], [OUTPUTS, INPUTS, ...kernel]);
      for (const [at, value] of wanted.entries()) {
        assert.ok(Math.abs(found.data[at]! - value) <= 1e-10, `${found.data[at]}, wanted ${value}`);
      }
    });
  }
}
