import assert from "node:assert/strict";
import type { Result } from "../../harness/spec/mod.ts";
import { exampleResult } from "../testdata/example_result.ts";
import { renderReport } from "../render.ts";
import { hubSurvivalView } from "./hub_survival.ts";

const check = (
  estimate: "twonn_fit" | "levina_bickel_k20",
  verdict: "reproduced" | "inconclusive",
  value: number | null,
) => ({ estimate, verdict, value, interval: null });

const result: Result = {
  ...exampleResult(),
  hubSurvival: [
    {
      claim: "a",
      title: "It rises",
      subject: "vgg",
      checks: [check("twonn_fit", "reproduced", 2.5), check("levina_bickel_k20", "reproduced", 3)],
    },
    {
      claim: "b",
      title: "It falls",
      subject: "vgg",
      checks: [
        check("twonn_fit", "reproduced", 2),
        check("levina_bickel_k20", "inconclusive", null),
      ],
    },
  ],
};

Deno.test("hubSurvivalView() says which verdicts hang on hubs", () => {
  const { summary, rows } = hubSurvivalView(result)!;
  assert.equal(
    summary,
    "1 of 2 checks comes to the same verdict with every estimate. Not so: It falls (vgg).",
  );
  assert.deepEqual(rows[0]!.cells.map(({ verdict, value }) => [verdict, value]), [
    ["reproduced", "2.50"],
    ["no estimate", ""],
    ["no estimate", ""],
    ["reproduced", "3.00"],
  ]);
  assert.match(renderReport(result), /Which conclusions survive<\/h4>\n<p>1 of 2 checks/);
});

Deno.test("hubSurvivalView() is nothing for a result without it", () => {
  assert.equal(hubSurvivalView(exampleResult()), null);
  assert.equal(hubSurvivalView({ ...result, hubSurvival: [] }), null);
});
