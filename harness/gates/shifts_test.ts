import assert from "node:assert/strict";
import fc from "fast-check";
import { randomStream } from "../base/mod.ts";
import type { Metric } from "./measured.ts";
import { shiftPValue, testShifts } from "./shifts.ts";
import { metric } from "./testdata/runs.ts";

/** The same values under other names. */
function another(metric: Metric): Metric {
  const { noise } = metric;
  if (noise.kind !== "replicates") return metric;
  const replicates = noise.replicates.map(({ key, value }) => ({ key: `another ${key}`, value }));
  return { ...metric, noise: { kind: "replicates", replicates } };
}

Deno.test("testShifts() agrees with SciPy's t tests where there is nothing to moderate", () => {
  const before = metric("a", [9.1, 10.4, 9.7]);
  const after = metric("a", [11.2, 12.9, 10.8]);
  // scipy.stats.ttest_ind([11.2, 12.9, 10.8], [9.1, 10.4, 9.7]).pvalue
  const [apart] = testShifts([{ before, after: another(after) }]);
  assert.ok(Math.abs(shiftPValue(apart!, "both")! - 0.06336470064361646) < 1e-7);
  // scipy.stats.ttest_rel of the same
  const [paired] = testShifts([{ before, after }]);
  assert.ok(Math.abs(shiftPValue(paired!, "both")! - 0.04481197570723438) < 1e-7);
  assert.deepEqual([apart!.paired, paired!.paired], [false, true]);
});

Deno.test("testShifts() finds no noise and no shift between equal runs", () => {
  const pairs = [[3, 4, 5], [7, 7.5, 8], [1, 2, 4], [0.5, 0.6, 0.8]].map((values, at) => {
    const same = metric(String(at), values);
    return { before: same, after: same };
  });
  for (const test of testShifts(pairs)) assert.equal(shiftPValue(test, "both"), 1);
});

Deno.test("testShifts() sees one number that moved among many that did not, seed by seed", () => {
  const pairs = Array.from({ length: 12 }, (_, at) => {
    const before = metric(String(at), [10, 11, 12], { scale: "log" });
    const after = at === 0 ? metric("0", [11, 12.1, 13.2], { scale: "log" }) : before;
    return { before, after };
  });
  const [moved, ...others] = testShifts(pairs).map((test) => shiftPValue(test, "both")!);
  assert.ok(moved! < 1e-6);
  assert.ok(others.every((p) => p === 1));
});

Deno.test("testShifts() pairs values of the same name, and no others", () => {
  const paired = (before: readonly string[], after: readonly string[]) => {
    const named = (keys: readonly string[]) =>
      metric("a", keys.map((_, at) => at + 1), {
        noise: { kind: "replicates", replicates: keys.map((key, at) => ({ key, value: at + 1 })) },
      });
    return testShifts([{ before: named(before), after: named(after) }])[0]!.paired;
  };
  assert.ok(paired(["a", "b", "c"], ["c", "a", "b"]));
  assert.ok(!paired(["a", "b", "c"], ["a", "b", "d"]));
  assert.ok(!paired(["a", "b", "c"], ["a", "b"]));
  assert.ok(!paired(["a", "a", "b"], ["a", "b", "b"]));
});

Deno.test("testShifts() takes intervals and standard errors, and tells when nothing is known", () => {
  const interval = (value: number, half: number) =>
    metric("a", [value], {
      noise: { kind: "interval", interval: [value - half, value + half], level: 0.95 },
    });
  const [wide] = testShifts([{ before: interval(1, 0.5), after: interval(1.2, 0.5) }]);
  assert.ok(shiftPValue(wide!, "both")! > 0.3);
  const [narrow] = testShifts([{ before: interval(1, 0.01), after: interval(1.2, 0.01) }]);
  assert.ok(shiftPValue(narrow!, "both")! < 1e-4);
  assert.ok(shiftPValue(narrow!, "lower")! > 0.99);
  const error = (value: number) =>
    metric("a", [value], { noise: { kind: "standard error", standardError: 0.1 } });
  const [normal] = testShifts([{ before: error(1), after: error(1.2) }]);
  // 2 * (1 - Phi(sqrt 2))
  assert.ok(Math.abs(shiftPValue(normal!, "both")! - 0.15729920705) < 1e-6);
  const unknown = metric("a", [1], { noise: { kind: "unknown" } });
  const [none] = testShifts([{ before: unknown, after: unknown }]);
  assert.equal(shiftPValue(none!, "both"), null);
});

Deno.test("testShifts() leaves a scale on which a value has no place", () => {
  const before = metric("a", [1, 2, 3], { scale: "log" });
  const [test] = testShifts([{
    before,
    after: another(metric("a", [-1, 2, 3], { scale: "log" })),
  }]);
  assert.ok(Math.abs(test!.difference + 2 / 3) < 1e-12);
});

Deno.test("shiftPValue() gives two one-sided p-values that add up to one", () => {
  const value = fc.double({ min: 0.5, max: 2, noNaN: true });
  const values = fc.array(value, { minLength: 3, maxLength: 3 });
  fc.assert(fc.property(values, values, (a, b) => {
    fc.pre(new Set([...a, ...b]).size > 2);
    const [test] = testShifts([{ before: metric("a", a), after: another(metric("a", b)) }]);
    const [lower, higher] = [shiftPValue(test!, "lower")!, shiftPValue(test!, "higher")!];
    assert.ok(Math.abs(lower + higher - 1) < 1e-9);
    assert.ok(Math.abs(shiftPValue(test!, "both")! - 2 * Math.min(lower, higher)) < 1e-9);
  }));
});

Deno.test("testShifts() rejects harmless runs about as often as it says", () => {
  const random = randomStream(5, "shift tests");
  let rejected = 0;
  const runs = 300;
  for (let run = 0; run < runs; run++) {
    const draw = () => Array.from({ length: 3 }, () => 10 + random.normal());
    const pairs = Array.from({ length: 10 }, (_, at) => ({
      before: metric(String(at), draw()),
      after: another(metric(String(at), draw())),
    }));
    rejected += testShifts(pairs).filter((test) => shiftPValue(test, "both")! < 0.05).length;
  }
  const share = rejected / (10 * runs);
  assert.ok(share > 0.04 && share < 0.06, `${share}`);
});
