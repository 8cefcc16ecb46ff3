import assert from "node:assert/strict";
import { RunError } from "../base/mod.ts";
import { copyPoints, type PointsFile } from "./mod.ts";
import { open, withFile } from "./testdata/files.ts";

/** Points from rows, in blocks of two. */
function pointsOf(rows: readonly (readonly number[])[], fitsFloat32: boolean): PointsFile {
  return {
    name: "points",
    points: rows.length,
    features: rows[0]!.length,
    format: "rows",
    fitsFloat32,
    *blocks() {
      for (let firstRow = 0; firstRow < rows.length; firstRow += 2) {
        const values = Float64Array.from(rows.slice(firstRow, firstRow + 2).flat());
        yield { firstRow, values };
      }
    },
    [Symbol.dispose]() {},
  };
}

async function copied(source: PointsFile, rows?: Int32Array) {
  const values: number[] = [];
  let read = 0;
  const { constantFeatures, rounding } = await copyPoints(source, {
    write(firstRow, part) {
      assert.equal(firstRow * source.features, values.length);
      values.push(...part);
    },
  }, { rows, signal: new AbortController().signal, onRows: (count) => read += count });
  return { values, constantFeatures, rounding, read };
}

Deno.test("copyPoints() keeps float32 values as they are and counts constant columns", async () => {
  const source = pointsOf([[1.5, 7, 0.25], [2.5, 7, 0], [4, 7, 1]], true);
  assert.deepEqual(await copied(source), {
    values: [1.5, 7, 0.25, 2.5, 7, 0, 4, 7, 1],
    constantFeatures: 1,
    rounding: 0,
    read: 3,
  });
});

Deno.test("copyPoints() measures float64 values from the first row before it rounds them", async () => {
  const source = pointsOf([[1e9], [1e9 + 0.125], [1e9 + 3]], false);
  assert.deepEqual((await copied(source)).values, [0, 0.125, 3]);
});

Deno.test("copyPoints() tells how far it rounded", async () => {
  const third = 1 / 3;
  const { values, rounding } = await copied(pointsOf([[0], [third], [2]], false));
  assert.equal(values[1], Math.fround(third));
  assert.equal(rounding, Math.abs(Math.fround(third) - third));
});

Deno.test("copyPoints() copies the chosen rows", async () => {
  const source = pointsOf([[9, 1], [1, 1], [2, 1], [3, 1], [4, 1]], false);
  assert.deepEqual(await copied(source, Int32Array.of(1, 2, 4)), {
    values: [0, 0, 1, 0, 3, 0],
    constantFeatures: 1,
    rounding: 0,
    read: 5,
  });
});

for (
  const [name, rows, message] of [
    ["equal points", [[1, 2], [1, 2], [1, 2]], /^points: all 3 points are equal/],
    [
      "values too large",
      [[1, 2], [1, 3e20]],
      /^points: row 1, column 1 \(counted from 0\): 3e\+20/,
    ],
    ["values too close", [[1e-30], [2e-30]], /by more than 1e-30 .* wanted at least 1e-15/],
  ] as const
) {
  Deno.test(`copyPoints() refuses ${name}`, async () => {
    await assert.rejects(
      copied(pointsOf(rows, false)),
      (error) => error instanceof RunError && message.test(error.message),
    );
  });
}

Deno.test("copyPoints() notices that a file changed while it was read", () =>
  withFile("points.csv", "1,2\n3,4\n5,6\n", async (path) => {
    using points = await open(path);
    Deno.writeTextFileSync(path, "1,2\n3,4\n# 6\n");
    await assert.rejects(copied(points), /0 rows read, wanted 3/);
  }));

Deno.test("copyPoints() stops when it is interrupted", async () => {
  const signal = AbortSignal.abort(new DOMException("interrupted", "AbortError"));
  await assert.rejects(
    copyPoints(pointsOf([[1], [2]], true), { write() {} }, {
      rows: undefined,
      signal,
      onRows() {},
    }),
    { name: "AbortError" },
  );
});
