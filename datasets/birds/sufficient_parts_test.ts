import assert from "node:assert/strict";
import fc from "fast-check";
import { sufficientParts } from "./sufficient_parts.ts";

const rows = fc.uniqueArray(
  fc.array(fc.nat(2), { minLength: 4, maxLength: 4 }),
  { minLength: 2, maxLength: 12, selector: (row) => row.join() },
);

Deno.test("sufficientParts() of a class that differs from each other in one place", () => {
  const table = [[0, 0, 0], [1, 0, 0], [0, 1, 1]];
  assert.deepEqual(sufficientParts(table, 0), [[0, 1], [0, 2]]);
  assert.deepEqual(sufficientParts(table, 1), [[0]]);
  assert.deepEqual(sufficientParts(table, 2), [[1], [2]]);
});

Deno.test("sufficientParts() gives all sets that no other class shares but every smaller one does", () => {
  fc.assert(fc.property(rows, (table) => {
    const subsets = Array.from(
      { length: 16 },
      (_, bits) => [0, 1, 2, 3].filter((k) => bits >> k & 1),
    );
    table.forEach((own, label) => {
      const suffices = (parts: readonly number[]) =>
        table.every((row, other) => other === label || parts.some((k) => row[k] !== own[k]));
      const wanted = subsets.filter((parts) =>
        suffices(parts) && parts.every((left) => !suffices(parts.filter((k) => k !== left)))
      );
      const found = sufficientParts(table, label);
      assert.deepEqual(found.map(String).sort(), wanted.map(String).sort());
      const sizes = found.map(({ length }) => length);
      assert.deepEqual(sizes, sizes.toSorted());
    });
  }));
});
