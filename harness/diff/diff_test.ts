import assert from "node:assert/strict";
import { exampleRun, metric } from "../gates/testdata/runs.ts";
import type { Measured, Metric } from "../gates/mod.ts";
import { numberAgreement, verdictAgreement } from "./agreement.ts";
import { diffNumbers } from "./diff_numbers.ts";
import { diffRuns } from "./diff_runs.ts";

const RUN = exampleRun();

function withMetrics(metrics: readonly Metric[]): Measured {
  return { ...RUN, metrics };
}

/** Of another seed. */
function another(noise: Metric["noise"]): Metric["noise"] {
  if (noise.kind !== "replicates") return noise;
  const replicates = noise.replicates.map(({ key, value }) => ({ key: `another ${key}`, value }));
  return { kind: "replicates", replicates };
}

function marks(before: Metric[], after: Metric[], factor: number): string {
  const others = after.map((metric) => ({ ...metric, noise: another(metric.noise) }));
  return diffNumbers(withMetrics(before), withMetrics(others), factor).map(({ mark }) => mark)
    .join("");
}

Deno.test("diffNumbers() marks changes beyond noise and factor, beyond the factor only, and neither", () => {
  const quiet = (value: number) => [value, value + 0.01, value - 0.01];
  const before = [
    metric("up", quiet(10)),
    metric("down", quiet(10)),
    metric("noisy", [5, 10, 15]),
    metric("small", quiet(10)),
    metric("gone", quiet(10)),
  ];
  const after = [
    metric("up", quiet(12)),
    metric("down", quiet(8)),
    metric("noisy", [8, 12, 16]),
    metric("small", quiet(10.2)),
    metric("new", quiet(1)),
  ];
  assert.equal(marks(before, after, 1.05), "+-~ xx");
  assert.equal(marks(before, after, 1.01), "+-~+xx");
  assert.equal(marks(before, after, 3), "    xx");
});

Deno.test("diffNumbers() lets the factor decide alone where no noise is known", () => {
  const unknown = (value: number) => metric("a", [value], { noise: { kind: "unknown" } });
  assert.equal(marks([unknown(1)], [unknown(2)], 1.05), "+");
  assert.equal(marks([unknown(0)], [unknown(-1)], 1.05), "-");
});

Deno.test("diffNumbers() compares nothing between kinds of results", () => {
  const other = { ...RUN, basis: { ...RUN.basis, kind: "protopnet" } };
  assert.ok(diffNumbers(RUN, other, 1.05).every(({ mark }) => mark === "x"));
});

Deno.test("diffRuns() lists what was measured, the environment and the verdicts that differ", () => {
  const after = exampleRun({ seed: 1002, threads: 8, specSha256: "b".repeat(64) });
  const [first, ...others] = after.verdicts;
  const found = diffRuns(RUN, {
    ...after,
    verdicts: [{ ...first!, verdict: "inconclusive" }, ...others],
  }, 1.05);
  assert.deepEqual(found.basis.map(({ what }) => what), [
    "specification",
    "seed",
    "images of images",
  ]);
  assert.deepEqual(found.environment, [{ what: "threads", before: "2", after: "8" }]);
  assert.deepEqual(found.verdicts.map(({ after }) => after), ["inconclusive"]);
});

Deno.test("diffRuns() tells other lock files and machines, and what one run does not know", () => {
  const on = (cpu: string, lock: string): Measured => ({
    ...RUN,
    place: { ...RUN.place, lockSha256: lock, machine: { cpu, cores: 2, system: "Debian" } },
  });
  const facts = (before: Measured, after: Measured) =>
    diffRuns(before, after, 1.05).environment.map(({ what, before, after }) =>
      `${what}: ${before}, ${after}`
    );
  assert.deepEqual(facts(on("one", "a"), on("other", "b")), [
    "deno.lock: a, b",
    "processor: one, other",
  ]);
  assert.deepEqual(facts(RUN, on("one", "a")), [
    "deno.lock: null, a",
    "processor: null, one",
    "logical processors: null, 2",
    "operating system: null, Debian",
  ]);
});

Deno.test("numberAgreement() gives the level of each number", () => {
  const values = [1, 2, 3];
  const run = (factor: number) => withMetrics([metric("a", values.map((value) => value * factor))]);
  const level = (factor: number) =>
    numberAgreement([{ name: "cpu", run: run(1) }, { name: "wasm", run: run(factor) }])[0]!.level;
  assert.deepEqual([level(1), level(1 + 5e-5), level(1.001)], ["L0", "L1", "beyond L1"]);
});

Deno.test("numberAgreement() refuses runs of different things, and marks what one lacks", () => {
  const other = exampleRun({ specSha256: "b".repeat(64) });
  assert.throws(
    () => numberAgreement([{ name: "cpu", run: RUN }, { name: "wasm", run: other }]),
    /Cannot compare wasm with cpu: specification changed/,
  );
  const [row] = numberAgreement([
    { name: "cpu", run: withMetrics([metric("a", [1, 2])]) },
    { name: "wasm", run: withMetrics([]) },
  ]);
  assert.deepEqual([row!.differences, row!.level], [{ wasm: null }, "beyond L1"]);
});

Deno.test("verdictAgreement() tells claims on which runs disagree", () => {
  const other = { ...RUN, verdicts: RUN.verdicts.slice(0, 1) };
  const rows = verdictAgreement([{ name: "a", run: RUN }, { name: "b", run: other }]);
  assert.deepEqual(rows.map(({ agree }) => agree), [true, false]);
  assert.equal(rows[1]!.verdicts["b"], null);
});
