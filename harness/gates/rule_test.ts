import assert from "node:assert/strict";
import fc from "fast-check";
import { automaticRule } from "./automatic_rule.ts";
import { describeRule, marginOf, marginWidth, refusal, ruleSchema } from "./rule.ts";
import { metric } from "./testdata/runs.ts";

Deno.test("refusal() refuses a margin below the metric's resolution, for every kind of rule", () => {
  const share = { value: 0.9, resolution: 1 / 100 };
  const small = { absolute: 0.005 };
  for (
    const rule of [
      { kind: "tolerance", tolerance: small },
      { kind: "test", alpha: 0.01, direction: "lower", ignore: small },
      { kind: "equivalence", alpha: 0.05, margin: small },
    ] as const
  ) {
    assert.match(refusal(rule, share)!, /found a margin of 0.005, wanted at least 0.01/);
  }
  assert.equal(refusal({ kind: "tolerance", tolerance: { absolute: 0.01 } }, share), undefined);
  assert.equal(
    refusal({ kind: "tolerance", tolerance: small }, { value: 0.9, resolution: null }),
    undefined,
  );
});

Deno.test("automaticRule() is a valid rule that no metric refuses", () => {
  const values = fc.array(fc.double({ min: 1e-6, max: 1, noNaN: true }), {
    minLength: 2,
    maxLength: 5,
  });
  const scale = fc.constantFrom("linear", "log", "logit");
  const images = fc.option(fc.integer({ min: 1, max: 100_000 }));
  fc.assert(fc.property(values, scale, images, (values, scale, images) => {
    const resolution = images === null ? null : 1 / images;
    const found = metric("a", values, { scale, resolution });
    const { rule, why } = automaticRule(found);
    assert.deepEqual(ruleSchema.parse(rule), rule);
    assert.equal(refusal(rule, found), undefined);
    assert.match(why, /replicates/);
    assert.ok(describeRule(rule).length > 0);
  }));
});

Deno.test("automaticRule() falls back to a tolerance where no noise is known", () => {
  const { rule } = automaticRule(metric("a", [4], { noise: { kind: "unknown" }, scale: "log" }));
  assert.deepEqual(rule, { kind: "tolerance", tolerance: { relative: 0.02 } });
});

Deno.test("marginWidth() is the larger of the absolute and the relative margin, and grows with both", () => {
  const part = fc.double({ min: 0, max: 10, noNaN: true });
  fc.assert(fc.property(part, part, part, (absolute, relative, more) => {
    const width = marginWidth({ absolute, relative }, -3);
    assert.equal(width, Math.max(absolute, 3 * relative));
    assert.ok(marginWidth({ absolute: absolute + more, relative: relative + more }, -3) >= width);
  }));
});

Deno.test("ruleSchema refuses rules without a margin and margins of nothing", () => {
  for (const tolerance of [{}, { absolute: 0 }, { relative: -1 }, { absolute: NaN }]) {
    assert.ok(!ruleSchema.safeParse({ kind: "tolerance", tolerance }).success);
  }
  assert.deepEqual(marginOf({ kind: "equivalence", alpha: 0.05, margin: { relative: 0.1 } }), {
    relative: 0.1,
  });
});
