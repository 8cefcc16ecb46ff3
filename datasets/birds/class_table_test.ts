import assert from "node:assert/strict";
import { canonicalJson, sha256, UsageError } from "../../harness/base/mod.ts";
import { CLASS_COUNTS, classTable, classWith, partDistance } from "./class_table.ts";
import { PARTS, VARIANT_COUNTS } from "./parts.ts";

for (const count of CLASS_COUNTS) {
  const table = classTable(count);
  const pairs = table.classes.flatMap((b, j) =>
    table.classes.slice(0, j).map((a, i) => ({
      classes: [i, j],
      distance: partDistance(a.variants, b.variants),
    }))
  );

  Deno.test(`classTable() lists every pair of the ${count} classes that differ in one part, and no other`, () => {
    assert.equal(pairs.length, count * (count - 1) / 2);
    assert.ok(pairs.every(({ distance }) => distance >= 1));
    const close = pairs.filter(({ distance }) => distance === 1).map(({ classes }) => classes);
    assert.deepEqual(close, table.confusable.map(({ classes }) => classes));
    assert.equal(close.length, count === 20 ? 3 : 6);
    for (const { classes: [a, b], part } of table.confusable) {
      const [first, second] = [table.classes[a]!.variants, table.classes[b]!.variants];
      const differing = PARTS.flatMap((_, k) => first[k] === second[k] ? [] : [k]);
      assert.deepEqual(differing, [part]);
    }
    const parts = table.confusable.map(({ part }) => part);
    assert.equal(new Set(parts).size, parts.length);
  });

  Deno.test(`classTable() uses the variants of a part equally often in ${count} classes`, () => {
    VARIANT_COUNTS.forEach((variants, part) => {
      const uses = Array.from(
        { length: variants },
        (_, variant) => table.classes.filter((row) => row.variants[part] === variant).length,
      );
      assert.equal(uses.reduce((a, b) => a + b), count);
      assert.ok(Math.max(...uses) - Math.min(...uses) <= 1, `${PARTS[part]}: ${uses}`);
    });
  });

  Deno.test(`classTable() gives ${count} classes names of their own, with the parts that suffice`, () => {
    const names = table.classes.map(({ name }) => name);
    assert.equal(new Set(names).size, count);
    for (const name of names) assert.match(name, /^[A-Z][a-z-]+( [a-z-]+)+$/);
    const epithets = names.map((name) => name.slice(0, name.lastIndexOf(" ")));
    assert.equal(new Set(epithets).size, count);
  });

  Deno.test(`classWith() finds each of ${count} classes by its variants and no incomplete bird`, () => {
    table.classes.forEach(({ variants }, label) => {
      assert.equal(classWith(table, variants), label);
      assert.equal(classWith(table, variants.with(2, 9)), null);
      assert.equal(classWith(table, [null, ...variants.slice(1)]), null);
    });
  });
}

Deno.test("classTable() keeps its classes: a change needs another BIRDS_VERSION", () => {
  assert.deepEqual(CLASS_COUNTS.map((count) => sha256(canonicalJson(classTable(count)))), [
    "cea12c41f08062fe46dab78b62c016ac8bfab511a091689f535442a88229da7b",
    "9e1ac35a29816047a2f65eb6bb4a7ee722b6a9cdadbf15511e45289aeb4a7b10",
  ]);
  assert.deepEqual(classTable(20).classes[0], {
    name: "Ruby-eyed plumed quilark",
    variants: [1, 2, 2, 2, 4, 2],
    sufficient: [[1, 2], [1, 4], [1, 5], [0, 1, 3]],
  });
});

Deno.test("classTable() refuses other numbers of classes", () => {
  for (const count of [0, 19, 21, 51, 20.5, NaN]) {
    assert.throws(
      () => classTable(count),
      new UsageError(`Cannot make birds: classes ${count}, wanted 20 or 50`),
    );
  }
});
