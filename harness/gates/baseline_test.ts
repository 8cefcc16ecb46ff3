import assert from "node:assert/strict";
import { RunError } from "../base/mod.ts";
import { type Baseline, baselineAsMeasured, parseBaseline, sealBaseline } from "./baseline.ts";
import { exampleBaseline } from "./testdata/runs.ts";

const BASELINE = exampleBaseline();
const text = (change: (content: Baseline) => unknown) =>
  JSON.stringify(change(structuredClone(BASELINE)));

/** Changed and sealed anew, as a program would. */
function resealed(change: (content: Baseline) => void): string {
  return text((content) => {
    change(content);
    const { seal: _, ...rest } = content;
    return sealBaseline(rest);
  });
}

Deno.test("parseBaseline() reads what was sealed", () => {
  assert.deepEqual(parseBaseline(text((content) => content), "b.json"), BASELINE);
  assert.equal(baselineAsMeasured(BASELINE, "b.json").metrics.length, BASELINE.metrics.length);
});

for (
  const [what, json, message] of [
    [
      "an edited number",
      text((content) => {
        content.metrics[0]!.value += 1;
        return content;
      }),
      /b\.json: seal: found [0-9a-f]{12}, wanted .*changed by hand or damaged/,
    ],
    [
      "another version",
      text((content) => ({ ...content, schemaVersion: 2 })),
      /b\.json: schemaVersion: found 2, wanted 1/,
    ],
    ["a cut file", text((content) => content).slice(0, -20), /b\.json: not JSON/],
    [
      "NaN",
      text((content) => content).replace(/"value":[\d.]+/, '"value":NaN'),
      /b\.json: not JSON/,
    ],
    [
      "no number",
      text((content) => content).replace(/"value":[\d.]+/, '"value":null'),
      /b\.json: metrics\[0\]\.value/,
    ],
    ["an unknown key", text((content) => ({ ...content, more: 1 })), /b\.json: more: unknown key/],
    ["a list", "[]", /b\.json: found a list, wanted an object/],
    [
      "a rule below the resolution",
      resealed((content) => {
        const accuracy = content.metrics.find(({ resolution }) => resolution !== null)!;
        accuracy.rule = { kind: "tolerance", tolerance: { absolute: 1e-5 } };
      }),
      /b\.json: trainings\/net\/test-accuracy: tolerance: found a margin of 0\.00001, wanted at least 0\.000666/,
    ],
    [
      "one name twice",
      resealed((content) => void content.metrics.push(content.metrics[0]!)),
      /found twice/,
    ],
  ] as const
) {
  Deno.test(`parseBaseline() refuses ${what}`, () => {
    assert.throws(() => parseBaseline(json, "b.json"), (error) => {
      assert.ok(error instanceof RunError);
      assert.match(error.message, message);
      return true;
    });
  });
}
