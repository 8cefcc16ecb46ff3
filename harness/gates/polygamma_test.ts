import assert from "node:assert/strict";
import { digamma, inverseTrigamma, trigamma } from "./polygamma.ts";

function assertNear(found: number, wanted: number) {
  assert.ok(
    Math.abs(found - wanted) <= 1e-11 * Math.max(1, Math.abs(wanted)),
    `${found}, ${wanted}`,
  );
}

Deno.test("digamma() and trigamma() agree with SciPy's polygamma()", () => {
  // python3 -c "from scipy.special import *; [print(x, digamma(x), polygamma(1, x)) for x in (.5, 1, 3.7, 25)]"
  const REFERENCE = [
    [0.5, -1.9635100260214235, 4.93480220054468],
    [1, -0.5772156649015329, 1.6449340668482266],
    [3.7, 1.1671535393615113, 0.31003785767003833],
    [25, 3.198742512851974, 0.04081066325722558],
  ] as const;
  for (const [x, first, second] of REFERENCE) {
    assertNear(digamma(x), first);
    assertNear(trigamma(x), second);
  }
});

Deno.test("inverseTrigamma() inverts trigamma()", () => {
  for (const x of [1e-3, 0.5, 2, 80]) assertNear(inverseTrigamma(trigamma(x)) / x, 1);
  assert.throws(() => inverseTrigamma(0), /wanted a positive number/);
});
