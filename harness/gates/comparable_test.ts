import assert from "node:assert/strict";
import { isSameComputation, whyNotComparable } from "./comparable.ts";
import { exampleRun } from "./testdata/runs.ts";

const { basis } = exampleRun();

Deno.test("whyNotComparable() finds nothing between a run and its repeat with another seed", () => {
  assert.deepEqual(whyNotComparable(basis, basis), []);
  assert.deepEqual(whyNotComparable(basis, exampleRun({ seed: 1002 }).basis), []);
});

for (
  const [what, change, message] of [
    [
      "the specification",
      { specSha256: "b".repeat(64) },
      /specification changed: was aaaaaaaaaaaa, is bbbbbbbbbbbb/,
    ],
    ["the metrics", { metricsVersion: 2 }, /version of the metrics changed: was 1, is 2/],
    ["the kind", { kind: "protopnet" }, /kind of result changed/],
    ["the samples", { samples: 100 }, /images a group changed: was 400, is 100/],
    ["the networks", { narrowed: ["--networks a"] }, /narrowed by changed: was nothing/],
    ["weights", { weights: { a: "c".repeat(64) } }, /weights of a changed: was absent/],
    ["the data sets", { data: [] }, /data images is gone/],
  ] as const
) {
  Deno.test(`whyNotComparable() tells that ${what} changed`, () => {
    assert.match(whyNotComparable(basis, { ...basis, ...change }).join("; "), message);
  });
}

Deno.test("whyNotComparable() tells that images changed, with the same seed by digest, else by number", () => {
  const [images] = basis.data;
  const other = (
    change: object,
  ) => [{ ...images!, groups: images!.groups.map((group) => ({ ...group, ...change })) }];
  assert.deepEqual(whyNotComparable(basis, { ...basis, data: other({ sha256: "d".repeat(64) }) }), [
    "images of data images changed",
  ]);
  assert.match(
    whyNotComparable(basis, { ...basis, seed: 5, data: other({ n: 7 }) }).join(),
    /groups of data images changed: sizes were 400 400 400, are 7 7 7/,
  );
});

Deno.test("isSameComputation() is undone by another seed or another place, not by another commit", () => {
  const run = exampleRun();
  assert.ok(isSameComputation(run, { ...run, place: { ...run.place, commit: null } }));
  assert.ok(!isSameComputation(run, exampleRun({ seed: 1 })));
  assert.ok(!isSameComputation(run, exampleRun({ threads: 4 })));
});

Deno.test("isSameComputation() is undone by another processor where both are known, not by a lock file", () => {
  const on = (cpu: string | null) => {
    const run = exampleRun();
    return { ...run, place: { ...run.place, machine: { cpu, cores: 2, system: null } } };
  };
  assert.ok(!isSameComputation(on("one"), on("other")));
  assert.ok(isSameComputation(on("one"), on(null)));
  assert.ok(isSameComputation(on("one"), exampleRun()));
  const run = exampleRun();
  const locked = { ...run, place: { ...run.place, lockSha256: "e".repeat(64) } };
  assert.ok(isSameComputation(run, locked));
});
