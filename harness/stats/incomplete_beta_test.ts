import assert from "node:assert/strict";
import { incompleteBeta } from "./incomplete_beta.ts";
import { assertClose } from "./testdata/assert_close.ts";
import reference from "./testdata/correlation_reference.json" with { type: "json" };

Deno.test("incompleteBeta() gives SciPy's values", () => {
  for (const { arguments: [x, a, b], value } of reference.incompleteBeta) {
    assertClose(incompleteBeta(x!, a!, b!), value, 1e-11, `I_${x}(${a}, ${b})`);
  }
});

Deno.test("incompleteBeta() of whole shapes is a binomial tail", () => {
  const x = 0.3;
  assertClose(incompleteBeta(x, 2, 3), 6 * x ** 2 - 8 * x ** 3 + 3 * x ** 4, 1e-14);
  assertClose(incompleteBeta(x, 1, 1), x, 1e-14);
});

Deno.test("incompleteBeta() is 0 and 1 at its ends and 1/2 in the middle of equal shapes", () => {
  assert.deepEqual([incompleteBeta(0, 3, 0.5), incompleteBeta(1, 3, 0.5)], [0, 1]);
  for (const shape of [0.5, 1, 7, 300]) assertClose(incompleteBeta(0.5, shape, shape), 0.5, 1e-12);
});

Deno.test("incompleteBeta() throws outside of its domain", () => {
  assert.throws(() => incompleteBeta(1.1, 1, 1), /x 1.1 and shapes 1 and 1/);
  assert.throws(() => incompleteBeta(NaN, 1, 1), RangeError);
  assert.throws(() => incompleteBeta(0.5, 0, 1), RangeError);
});
