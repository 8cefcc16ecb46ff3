import assert from "node:assert/strict";
import { csv } from "./csv.ts";

Deno.test("csv() writes numbers as they are and quotes what it must", () => {
  assert.equal(
    csv(["name", "value"], [["a", -1.5], ['b "c", d', null], ["two\nlines", true]]),
    'name,value\r\na,-1.5\r\n"b ""c"", d",\r\n"two\nlines",true\r\n',
  );
});

Deno.test("csv() disarms texts that a spreadsheet would run", () => {
  for (const text of ["=1+1", "+1", "-1", "@sum", "\tx"]) {
    assert.equal(csv(["n"], [[text]]), `n\r\n'${text}\r\n`);
  }
});
