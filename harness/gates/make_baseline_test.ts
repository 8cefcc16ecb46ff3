import assert from "node:assert/strict";
import { makeBaseline } from "./make_baseline.ts";
import { exampleBaseline, exampleRun } from "./testdata/runs.ts";
import type { WrittenRule } from "./written_rules.ts";

const rule = (metric: string, rule: WrittenRule["rule"]): WrittenRule => ({
  experiment: "id-example",
  metric,
  rule,
  why: "asked for",
});

Deno.test("makeBaseline() gates claims, layers, peak and accuracy, each with the origin of its rule", () => {
  const { metrics, verdicts } = exampleBaseline();
  assert.deepEqual(metrics.map(({ name }) => name), [
    "claims/hunch.interior-peak/net: rise/estimate",
    "claims/hunch.interior-peak/net: fall/estimate",
    ...[0, 1, 2, 3, 4, 5].map((layer) => `networks/net/layers/layer${layer}/twonn`),
    "networks/net/peak-twonn",
    "trainings/net/test-accuracy",
  ]);
  assert.deepEqual(verdicts.map(({ verdict }) => verdict), ["reproduced", "reproduced"]);
  assert.equal(metrics.at(-1)!.why, "automatic: noise from the spread of 3 replicates");
  assert.deepEqual(metrics.at(-1)!.rule, {
    kind: "test",
    alpha: 0.01,
    direction: "lower",
    ignore: { absolute: 0.01 },
  });
});

Deno.test("makeBaseline() keeps the reasons and the seals of what it replaces", () => {
  const first = exampleBaseline();
  const second = makeBaseline({
    run: exampleRun({ factor: 1.1 }),
    reason: "new estimator",
    previous: first,
    written: [],
  });
  assert.deepEqual(second.history.map(({ reason, previous }) => [reason, previous]), [
    ["first", null],
    ["new estimator", first.seal],
  ]);
  assert.notEqual(second.seal, first.seal);
});

Deno.test("makeBaseline() puts written rules before automatic ones", () => {
  const written = [
    rule("claims/*", null),
    rule("networks/*/layer0/twonn", { kind: "tolerance", tolerance: { relative: 1e-3 } }),
  ];
  const { metrics } = makeBaseline({
    run: exampleRun(),
    reason: "r",
    previous: undefined,
    written,
  });
  assert.ok(metrics.every(({ name }) => !name.startsWith("claims/")));
  assert.deepEqual([metrics[0]!.rule.kind, metrics[0]!.why], ["tolerance", "asked for"]);
});

Deno.test("makeBaseline() refuses a written rule below the resolution, no reason and nothing to gate", () => {
  const run = exampleRun();
  const request = { run, reason: "r", previous: undefined, written: [] };
  const tiny = rule("trainings/*", { kind: "tolerance", tolerance: { absolute: 1e-9 } });
  assert.throws(
    () => makeBaseline({ ...request, written: [tiny] }),
    /rules\.json: the rule for trainings\/net\/test-accuracy/,
  );
  assert.throws(() => makeBaseline({ ...request, reason: " " }), /--reason: found nothing/);
  assert.throws(
    () => makeBaseline({ ...request, run: { ...run, metrics: [], verdicts: [] } }),
    /so it can be no baseline/,
  );
});
