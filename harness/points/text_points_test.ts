import assert from "node:assert/strict";
import { RunError } from "../base/mod.ts";
import { open, rowsOf, withFile } from "./testdata/files.ts";

const READ: Record<string, [string, number[][], RegExp]> = {
  commas: ["1,2\n3,4.5\n", [[1, 2], [3, 4.5]], /separated by commas$/],
  "a line of names": ["x,y\n1,2\n3,4\n", [[1, 2], [3, 4]], /commas, with a line of names/],
  "quoted cells": [`"x","y"\n"1"," 2 "\n`, [[1, 2]], /with a line of names/],
  "numbered columns": ["0,1,2\n5,6,7\n", [[5, 6, 7]], /with a line of names/],
  tabs: ["1\t2\r\n3\t4\r\n", [[1, 2], [3, 4]], /tabs/],
  semicolons: ["1;2\n3;4", [[1, 2], [3, 4]], /semicolons/],
  "spaces of any number": ["  1   2\n3 4  \n", [[1, 2], [3, 4]], /spaces/],
  "comments and blank lines": [
    "# made by x\n\n1 2\n   \n# more\n3 4\n\n",
    [[1, 2], [3, 4]],
    /spaces/,
  ],
  "one column": ["1\n2\n3\n", [[1], [2], [3]], /spaces/],
  "a byte-order mark": ["\uFEFF1,2\n3,4\n", [[1, 2], [3, 4]], /commas/],
  "signs and exponents": ["-1e-3,+2E5\n.5,7.\n", [[-1e-3, 2e5], [0.5, 7]], /commas/],
};

for (const [name, [text, rows, format]] of Object.entries(READ)) {
  Deno.test(`textPoints() reads ${name}`, () =>
    withFile("points.txt", text, async (path) => {
      using points = await open(path);
      assert.deepEqual([points.points, points.features], [rows.length, rows[0]!.length]);
      assert.match(points.format, format);
      assert.deepEqual(await rowsOf(points), rows);
    }));
}

Deno.test("textPoints() reads files of several pieces and blocks", async () => {
  const [n, d] = [9000, 100];
  const line = (row: number) => Array.from({ length: d }, (_, f) => row + f / 128).join(",");
  const text = Array.from({ length: n }, (_, row) => line(row)).join("\n");
  await withFile("points.csv", text, async (path) => {
    using points = await open(path);
    const rows = await rowsOf(points);
    assert.equal(rows.length, n);
    assert.ok(rows.every((row, at) => row.every((value, f) => value === at + f / 128)));
  });
});

const BROKEN: Record<string, [string | Uint8Array, string]> = {
  "text among numbers": [
    "a,b\n1,2\n3,cat\n",
    `:3:2: column 2 holds "cat", wanted a finite number`,
  ],
  "a slip in the first row": [
    `1.0,2.O\n3,4\n`,
    `:1:2: column 2 holds "2.O", wanted a finite number`,
  ],
  "a blank cell": ["1,2\n3,\n", ":2:2: column 2 holds a blank cell, wanted a finite number"],
  NaN: ["# x\n1,2\nnan,4\n", `:3:1: column 1 holds "nan", wanted a finite number`],
  "NaN in the first row": ["nan,NA\n1,4\n", `:1:1: column 1 holds "nan", wanted a finite number`],
  infinity: ["1 2\n3 -inf\n", `:2:2: column 2 holds "-inf", wanted a finite number`],
  "a number beyond float64": ["1 2\n3 1e999\n", `:2:2: column 2 holds "1e999"`],
  "hexadecimal numbers": ["1,2\n0x10,4\n", `:2:1: column 1 holds "0x10"`],
  "a short row": ["1,2,3\n4,5\n", ":2:3: a row of 2 cells, wanted 3 as in the first row"],
  "a long row": ["1,2\n\n4,5,6\n", ":3:3: a row of 3 cells, wanted 2 as in the first row"],
  "a decimal comma": ["1,5;2\n2,5;3\n", `:1:1: column 1 holds "1,5"`],
  "row numbers of pandas": [",a,b\n0,1,2\n", ":1:1: a blank name, as pandas writes"],
  "names without rows": ["x,y\n", ": no row of numbers, wanted one a point"],
  "an empty file": ["", ": no row of numbers, wanted one a point"],
  "bytes that are no text": [
    new Uint8Array([0x31, 0x0a, 0xff, 0xfe, 0x00]),
    ": after line 1: no UTF-8 text, wanted a table of numbers",
  ],
  "very long cells": [
    `1,2\n3,${"x".repeat(100)}\n`,
    `:2:2: column 2 holds "${"x".repeat(40)}…", wanted a finite number`,
  ],
};

for (const [name, [content, message]] of Object.entries(BROKEN)) {
  Deno.test(`textPoints() refuses ${name}, naming file, line and column`, () =>
    withFile("points.csv", content, async (path) => {
      await assert.rejects(
        async () => {
          using points = await open(path);
          await rowsOf(points);
        },
        (error) => error instanceof RunError && error.message.startsWith(path + message),
      );
    }));
}
