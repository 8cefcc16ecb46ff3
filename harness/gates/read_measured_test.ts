import assert from "node:assert/strict";
import { RunError } from "../base/mod.ts";
import { parseMeasured, readMeasured } from "./read_measured.ts";
import { distinctRuns } from "./same_key.ts";
import { exampleResult, exampleRun } from "./testdata/runs.ts";

const text = (change: (result: ReturnType<typeof exampleResult>) => unknown) =>
  JSON.stringify(change(exampleResult()));

Deno.test("parseMeasured() reads a result into named numbers and verdicts", () => {
  const { metrics, verdicts, basis } = parseMeasured(text((result) => result), "r.json");
  assert.deepEqual(basis, exampleRun().basis);
  const accuracy = metrics.find(({ name }) => name === "trainings/net/test-accuracy")!;
  assert.deepEqual([Number(accuracy.value.toFixed(12)), accuracy.resolution, accuracy.worse], [
    0.92,
    1 / 1500,
    "lower",
  ]);
  const peak = metrics.find(({ name }) => name === "networks/net/peak-twonn")!;
  assert.ok(peak.noise.kind === "replicates" && peak.noise.replicates.length === 3);
  assert.equal(peak.noise.replicates[1]!.key, "seed-1000, seed 999, replicate 1");
  assert.ok(verdicts.every(({ gates }) => gates));
});

Deno.test("parseMeasured() takes one claim twice only when both say the same", () => {
  const twice = (change: object) =>
    text((result) => ({
      ...result,
      claims: [...result.claims, { ...result.claims[0]!, ...change }],
    }));
  assert.equal(parseMeasured(twice({}), "r.json").verdicts.length, 2);
  assert.throws(
    () => parseMeasured(twice({ estimate: 9 }), "r.json"),
    /r\.json: claims\/hunch\.interior-peak\/net: rise\/estimate: found twice with different content/,
  );
});

for (
  const [what, json, message] of [
    [
      "another version",
      text((result) => ({ ...result, schemaVersion: 1 })),
      /^r\.json: schemaVersion: found 1, wanted 2; the run has to be made again$/,
    ],
    [
      "NaN",
      text((result) => result).replace(/"accuracy":[\d.]+/, '"accuracy":NaN'),
      /r\.json: not JSON/,
    ],
    [
      "null for a number",
      text((result) => result).replace(/"accuracy":[\d.]+/, '"accuracy":null'),
      /r\.json: trainings\[0\]\.test\.accuracy/,
    ],
    [
      "an infinite number",
      text((result) => result).replace(/"accuracy":[\d.]+/, '"accuracy":1e999'),
      /r\.json: trainings\[0\]\.test\.accuracy/,
    ],
    ["something else", '{"a": 1}', /r\.json: not a result/],
    ["a number", "7", /r\.json: found 7, wanted an object/],
  ] as const
) {
  Deno.test(`parseMeasured() refuses ${what}`, () => {
    assert.throws(() => parseMeasured(json, "r.json"), (error) => {
      assert.ok(error instanceof RunError);
      assert.match(error.message, message);
      return true;
    });
  });
}

Deno.test("readMeasured() says that a file is absent", async () => {
  await assert.rejects(readMeasured("nowhere/result.json"), /nowhere\/result\.json: no such file/);
});

Deno.test("distinctRuns() refuses two results of one run with different numbers, and drops a repetition", () => {
  const run = exampleRun();
  assert.equal(
    distinctRuns([run, { ...run, file: "copy.json" }, exampleRun({ seed: 3 })]).length,
    2,
  );
  assert.throws(
    () => distinctRuns([run, { ...exampleRun({ factor: 1.2 }), file: "other.json" }]),
    /^RunError: example\/result\.json and other\.json: both are id-example, seed 999, .* but claims\/.* differs|networks\/net/,
  );
});
