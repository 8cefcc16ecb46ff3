import assert from "node:assert/strict";
import fc from "fast-check";
import { assertClose } from "../stats/testdata/assert_close.ts";
import { backgroundIndependence } from "./background_independence.ts";
import {
  completenessAt,
  completenessOf,
  distractibility,
  syntheticDataCheck,
} from "./completeness.ts";
import {
  contrastivityOf,
  correctnessOf,
  meanExplainability,
  singleDeletion,
} from "./correctness.ts";
import {
  type InterventionRecord,
  type LogitDrop,
  type ThresholdOutcome,
  THRESHOLDS,
} from "./intervention_record.ts";

const part = (id: number, drop: number, importance = 0): LogitDrop => ({
  kind: "part",
  id,
  drop,
  importance,
});
const object = (id: number, drop: number): LogitDrop => ({
  kind: "object",
  id,
  drop,
  importance: 0,
});

function outcome(parts: number[], objects: number[] = []): ThresholdOutcome {
  return { important: { parts, objects }, preserved: true, deleted: true };
}

/** Logit 10; four visible parts of which 0 and 1 matter. */
const RECORD: InterventionRecord = {
  image: 0,
  label: 0,
  predicted: 0,
  logit: 10,
  drops: [part(0, 4), part(1, 2), part(2, 0.1), part(3, -1)],
  outcomes: THRESHOLDS.map(() => outcome([0, 1])),
  contrast: null,
};

Deno.test("THRESHOLDS is linspace(0.01, 0.5, 80)", () => {
  assert.equal(THRESHOLDS.length, 80);
  assert.equal(THRESHOLDS[0], 0.01);
  assert.ok(Math.abs(THRESHOLDS[79]! - 0.5) < 1e-15);
  assert.ok(Math.abs(THRESHOLDS[1]! - 0.016202531645569622) < 1e-15);
});

Deno.test("singleDeletion() is 1 for the same ranking and 0 for the reversed one", () => {
  const drops = [part(0, 4, 9), part(1, 3, 8), part(2, 1, 5), part(3, 0, 1)];
  assertClose(singleDeletion({ ...RECORD, drops }), 1, 1e-12);
  const reversed = drops.map((drop) => ({ ...drop, importance: -drop.importance }));
  assertClose(singleDeletion({ ...RECORD, drops: reversed }), 0, 1e-12);
  const withObject = [...drops, { ...object(0, 99), importance: -99 }];
  assertClose(singleDeletion({ ...RECORD, drops: withObject }), 1, 1e-12, "without objects");
});

Deno.test("correctnessOf() leaves out images without ranking", () => {
  assert.ok(Number.isNaN(singleDeletion(RECORD)), "all importances are equal");
  const ranked = { ...RECORD, drops: [part(0, 1, 1), part(1, 0, 0)] };
  const { mean, over } = correctnessOf([RECORD, ranked]);
  assertClose(mean!, 1, 1e-12);
  assert.equal(over, 1);
  assert.equal(correctnessOf([RECORD]).mean, null);
});

Deno.test("syntheticDataCheck() takes the maximum over minimal sufficient sets", () => {
  assert.equal(syntheticDataCheck(RECORD, [[2, 3], [0, 2]], 0), 0.5);
  assert.equal(syntheticDataCheck(RECORD, [[2, 3], [0, 2], [0, 1]], 0), 1);
  assert.equal(syntheticDataCheck(RECORD, [[2, 3]], 0), 0);
});

Deno.test("syntheticDataCheck() counts only sets that can be seen whole", () => {
  assert.equal(syntheticDataCheck(RECORD, [[0, 5], [1, 2]], 0), 0.5);
  assert.equal(syntheticDataCheck(RECORD, [[0, 5]], 0), null);
});

Deno.test("distractibility() is the share of irrelevant things that are left alone", () => {
  assert.equal(distractibility(RECORD, 0), 1);
  const distracted = { ...RECORD, outcomes: [outcome([0, 2])] };
  assert.equal(
    distractibility(distracted, 0),
    0.5,
    "2 and 3 are irrelevant, 2 is called important",
  );
  const withObjects = {
    ...RECORD,
    drops: [...RECORD.drops, object(4, 0), object(5, 0.5)],
    outcomes: [outcome([0], [4, 5])],
  };
  assert.equal(distractibility(withObjects, 0), 1 - 1 / 3, "object 5 lowers the logit by 5 %");
  assert.equal(distractibility({ ...RECORD, drops: [part(0, 4)] }, 0), null);
});

Deno.test("distractibility() takes 5 % of the logit's size when it is negative", () => {
  const record = { ...RECORD, logit: -10, drops: [part(0, 0.4), part(1, 0.6)] };
  assert.equal(distractibility({ ...record, outcomes: [outcome([0])] }, 0), 0);
  assert.equal(distractibility({ ...record, outcomes: [outcome([1])] }, 0), 1);
});

Deno.test("backgroundIndependence() pools the objects of all images", () => {
  const one = { ...RECORD, drops: [part(0, 9), object(0, 0.5), object(1, 0.49)] };
  const other = { ...RECORD, drops: [object(0, -3), object(7, 0)] };
  assert.deepEqual(backgroundIndependence([one, other]), {
    ...backgroundIndependence([one, other]),
    mean: 0.75,
    over: 4,
  });
  assert.equal(backgroundIndependence([RECORD]).mean, null);
});

Deno.test("completenessOf() takes the threshold that maximises it, or the one that was chosen", () => {
  const outcomes = THRESHOLDS.map((_, at) =>
    at < 10 ? outcome([0, 1, 2, 3]) : at < 30 ? outcome([0, 1]) : outcome([])
  );
  const sets = [[[0, 1]]];
  const best = completenessOf([{ ...RECORD, outcomes }], sets);
  assert.equal(best.threshold, THRESHOLDS[10]);
  assert.equal(best.completeness, 1);
  const late = completenessOf([{ ...RECORD, outcomes }], sets, 79);
  assert.equal(late.threshold, THRESHOLDS[79]);
  assert.equal(late.completeness, ((0 + 1 + 1) / 3 + 1) / 2);
});

Deno.test("completenessAt() checks synthetic data on correctly classified images only", () => {
  const wrong = { ...RECORD, predicted: 1, outcomes: THRESHOLDS.map(() => outcome([])) };
  const { csdc, pc, completeness } = completenessAt([RECORD, wrong], [[[0, 1]]], 0);
  assert.deepEqual([csdc.over, csdc.mean, pc.over], [1, 1, 2]);
  assert.notEqual(completeness, null);
  assert.equal(completenessAt([wrong], [[[0, 1]]], 0).completeness, null);
});

Deno.test("contrastivityOf() averages the images that allow the test", () => {
  const records = [1, 0, null, 0.5].map((contrast) => ({ ...RECORD, contrast }));
  assert.deepEqual([contrastivityOf(records).mean, contrastivityOf(records).over], [0.5, 3]);
});

Deno.test("meanExplainability() is the mean of three, where all are defined", () => {
  const com = completenessAt([RECORD], [[[0, 1]]], 0);
  const average = (mean: number | null) => ({ mean, deviation: 0, over: 1 });
  assert.equal(com.completeness, 1);
  assert.equal(meanExplainability(com, average(0.5), average(0)), 0.5);
  assert.equal(meanExplainability(com, average(null), average(0)), null);
});

Deno.test("completenessAt() and its parts lie in [0, 1]", () => {
  const drops = fc.array(
    fc.record({
      kind: fc.constantFrom("part", "object"),
      id: fc.nat(5),
      drop: fc.double({ min: -9, max: 9, noNaN: true }),
      importance: fc.double({ min: -9, max: 9, noNaN: true }),
    }),
  );
  const ids = fc.uniqueArray(fc.nat(5));
  const records = fc.array(fc.tuple(drops, ids, ids, fc.boolean(), fc.boolean()), { minLength: 1 });
  fc.assert(fc.property(records, (cases) => {
    const made = cases.map(([things, parts, objects, preserved, deleted]): InterventionRecord => ({
      ...RECORD,
      drops: things as LogitDrop[],
      outcomes: [{ important: { parts, objects }, preserved, deleted }],
    }));
    const { csdc, pc, dc, d, completeness } = completenessAt(made, [[[0, 1], [2]]], 0);
    const values = [csdc.mean, pc.mean, dc.mean, d.mean, completeness, correctnessOf(made).mean];
    for (const value of values) assert.ok(value === null || value >= 0 && value <= 1);
  }));
});
