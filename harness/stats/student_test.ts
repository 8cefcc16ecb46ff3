import assert from "node:assert/strict";
import { randomStream } from "../base/mod.ts";
import { studentGreater, studentInterval, studentLess } from "./student.ts";
import { assertClose } from "./testdata/assert_close.ts";
import reference from "./testdata/reference.json" with { type: "json" };

const expected = reference.student;
const values: readonly number[] = Object.freeze([...expected.values]);

Deno.test("studentInterval() gives SciPy's intervals", () => {
  for (
    const [level, wanted] of [[0.95, expected.interval95], [0.99, expected.interval99]] as const
  ) {
    const [low, high] = studentInterval(values, level);
    assertClose(low, wanted[0]!, 1e-10);
    assertClose(high, wanted[1]!, 1e-10);
  }
});

Deno.test("studentGreater() and studentLess() give SciPy's p-values", () => {
  assertClose(studentGreater(values, 0.5), expected["greaterThan0.5"], 1e-10);
  assertClose(studentLess(values, 0.5), expected["lessThan0.5"], 1e-10);
});

Deno.test("studentGreater() keeps its digits when the p-value is tiny", () => {
  assertClose(studentGreater(values, -20), expected["greaterThan-20"], 1e-10);
});

Deno.test("studentGreater() is 0 or 1 when all values are equal", () => {
  assert.equal(studentGreater([2, 2, 2], 1), 0);
  assert.equal(studentGreater([2, 2, 2], 2), 1);
  assert.equal(studentLess([2, 2, 2], 3), 0);
});

Deno.test("studentInterval() throws with one value", () => {
  assert.throws(() => studentInterval([1], 0.95), /1 values, wanted at least 2/);
  assert.throws(() => studentGreater([], 0), RangeError);
});

Deno.test("studentInterval() covers the mean of normal values as often as it says", () => {
  const random = randomStream(1, "coverage");
  const runs = 2000;
  let covered = 0;
  for (let run = 0; run < runs; run++) {
    const [low, high] = studentInterval(Array.from({ length: 7 }, () => random.normal()), 0.95);
    if (low < 0 && high > 0) covered++;
  }
  const fourDeviations = 4 * Math.sqrt(0.95 * 0.05 / runs);
  assert.ok(Math.abs(covered / runs - 0.95) < fourDeviations, `covered ${covered} of ${runs}`);
});
