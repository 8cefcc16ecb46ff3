import assert from "node:assert/strict";
import { RunError } from "../base/mod.ts";
import {
  fromBase64,
  joined,
  npyWith,
  numpyFiles,
  open,
  rowsOf,
  withFile,
} from "./testdata/files.ts";

for (const [name, { file, values }] of Object.entries(numpyFiles.arrays)) {
  Deno.test(`npyPoints() reads what NumPy wrote: ${name}`, () =>
    withFile("points.npy", fromBase64(file), async (path) => {
      using points = await open(path);
      assert.deepEqual([points.points, points.features], [values.length, values[0]!.length]);
      assert.deepEqual(await rowsOf(points), values);
    }));
}

Deno.test("npyPoints() reads arrays of several blocks in both orders", async () => {
  const [n, d] = [1500, 700];
  for (const fortran of [false, true]) {
    const data = new Float32Array(n * d);
    for (let row = 0; row < n; row++) {
      for (let f = 0; f < d; f++) data[fortran ? f * n + row : row * d + f] = row * d + f;
    }
    const header = `{'descr': '<f4', 'fortran_order': ${
      fortran ? "True" : "False"
    }, 'shape': (${n}, ${d}), }\n`;
    await withFile("big.npy", npyWith(header, new Uint8Array(data.buffer)), async (path) => {
      using points = await open(path);
      const rows = await rowsOf(points);
      assert.equal(rows.length, n);
      assert.ok(rows.every((row, at) => row.every((value, f) => value === at * d + f)));
    });
  }
});

const FLOAT = (values: number[]) => new Uint8Array(new Float32Array(values).buffer);
const header = (descr: string, shape: string) =>
  `{'descr': ${descr}, 'fortran_order': False, 'shape': ${shape}, }\n`;

const BROKEN: Record<string, [Uint8Array, RegExp]> = {
  objects: [fromBase64(numpyFiles.refused.objects), /gives the type "\|O" \(Python objects/],
  records: [fromBase64(numpyFiles.refused.records), /describes records, wanted one kind of number/],
  complex: [
    fromBase64(numpyFiles.refused.complex),
    /gives the type "<c8", wanted one of bool, int8/,
  ],
  text: [fromBase64(numpyFiles.refused.text), /gives the type "<U1"/],
  "no point": [fromBase64(numpyFiles.refused["no point"]), /shape \(0, 4\), wanted at least one/],
  "a scalar": [fromBase64(numpyFiles.refused["a scalar"]), /shape \(\), wanted at least one/],
  "a header that promises too much": [
    npyWith(header("'<f4'", "(3, 2)"), FLOAT([1, 2, 3, 4])),
    /offset 10: header promises 24 bytes, float32 of shape \(3, 2\), but 16 follow/,
  ],
  "bytes after the array": [
    npyWith(header("'<f4'", "(1, 2)"), FLOAT([1, 2, 3])),
    /promises 8 bytes, float32 of shape \(1, 2\), but 12 follow/,
  ],
  "more numbers than any file": [
    npyWith(header("'<f4'", "(99999999999, 99999999999)"), FLOAT([1])),
    /more numbers than any file holds/,
  ],
  "no shape": [npyWith("{'descr': '<f4', 'fortran_order': False}", FLOAT([1])), /no shape/],
  "no order": [npyWith("{'descr': '<f4', 'shape': (1,)}", FLOAT([1])), /no fortran_order/],
  "a negative size": [npyWith(header("'<f4'", "(-1, 2)"), FLOAT([1])), /no shape/],
  "a header longer than the file": [
    joined(new Uint8Array([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 2, 0, 255, 255, 255, 255, 0, 0])),
    /offset 8: a header of 4294967295 bytes, wanted at most 2/,
  ],
  "an unknown version": [
    joined(new Uint8Array([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 9, 0, 0, 0, 0, 0])),
    /offset 6: format version 9, wanted 1, 2 or 3/,
  ],
  "another kind of file": [new TextEncoder().encode("1,2,3\n4,5,6\n"), /found "1,2,3\\n", wanted/],
  "an empty file": [new Uint8Array(), /0 bytes, too few for a NumPy array/],
  NaN: [
    npyWith(header("'<f4'", "(2, 2)"), FLOAT([1, 2, 3, NaN])),
    /row 1, column 1 \(counted from 0\): found NaN, wanted a finite number/,
  ],
  "integers that float64 rounds": [
    npyWith(
      header("'<i8'", "(1, 2)"),
      new Uint8Array(new BigInt64Array([5n, -(2n ** 60n)]).buffer),
    ),
    /row 0, column 1 \(counted from 0\): found -1152921504606847000, wanted at most 9007199254740991/,
  ],
  infinity: [
    npyWith(header("'<f4'", "(2, 2)"), FLOAT([1, -Infinity, 3, 4])),
    /row 0, column 1 \(counted from 0\): found -Infinity/,
  ],
};

for (const [name, [content, message]] of Object.entries(BROKEN)) {
  Deno.test(`npyPoints() refuses ${name}, naming the file`, () =>
    withFile("broken.npy", content, async (path) => {
      await assert.rejects(
        async () => {
          using points = await open(path);
          await rowsOf(points);
        },
        (error) =>
          error instanceof RunError && error.message.startsWith(`${path}: `) &&
          message.test(error.message),
      );
    }));
}
