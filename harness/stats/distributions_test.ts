import assert from "node:assert/strict";
import { gammaQuantile, normalCdf, normalQuantile } from "./distributions.ts";
import { studentCdf, studentQuantile } from "./student_distribution.ts";
import { assertClose } from "./testdata/assert_close.ts";
import reference from "./testdata/reference.json" with { type: "json" };

interface Row {
  arguments: number[];
  value: number;
}

function check(name: string, f: (a: number, b: number) => number, rows: Row[], relative: number) {
  Deno.test(`${name}() gives SciPy's values`, () => {
    assert.ok(rows.length > 0);
    for (const { arguments: [a, b], value } of rows) {
      assertClose(f(a!, b!), value, relative, `${name}(${a}, ${b})`);
    }
  });
}

check("studentCdf", studentCdf, reference.studentCdf, 1e-10);
check("studentQuantile", studentQuantile, reference.studentQuantile, 1e-10);
check("normalCdf", normalCdf, reference.normalCdf, 1e-9);
check("normalQuantile", normalQuantile, reference.normalQuantile, 1e-9);
check("gammaQuantile", gammaQuantile, reference.gammaQuantile, 1e-10);

Deno.test("normalQuantile() throws when the probability is no probability", () => {
  assert.throws(() => normalQuantile(1.01), /probability 1.01, wanted 0 to 1/);
  assert.throws(() => studentQuantile(NaN, 3), RangeError);
  assert.throws(() => gammaQuantile(-0.1, 3), RangeError);
});
