import assert from "node:assert/strict";
import { exampleResult } from "../testdata/example_result.ts";
import { headline, verdictsView } from "./verdicts.ts";

const result = exampleResult();

Deno.test("headline() counts the checks by verdict", () => {
  assert.equal(
    headline(result.claims),
    "2 of 5 checks reproduced; 1 not reproduced, 1 inconclusive, 1 not comparable",
  );
  assert.equal(headline(result.claims.slice(0, 1)), "1 of 1 check reproduced");
  assert.equal(headline([]), "No claim was checked");
});

Deno.test("verdictsView() passes only when every gate is reproduced", () => {
  const { claims } = result;
  assert.equal(
    verdictsView(result).gates.text,
    "The run does not pass: 2 of 4 gates not reproduced or not decided.",
  );
  assert.equal(
    verdictsView({ ...result, claims: claims.slice(0, 2) }).gates.text,
    "The run passes: 2 of 2 gates reproduced.",
  );
  assert.equal(
    verdictsView({ ...result, claims: claims.slice(4) }).gates.text,
    "No check of this run is a gate.",
  );
});

Deno.test("verdictsView() puts the checks of one claim together, in the order of the result", () => {
  const { claims } = verdictsView(result);
  assert.deepEqual(claims.map(({ id, checks }) => [id, checks.length]), [
    ["hunch.interior-peak", 2],
    ["hunch.untrained-flat", 1],
    ["hunch.relative-depth", 1],
    ["hunch.below-width", 1],
  ]);
  assert.deepEqual(claims[0]!.facts.map(({ values }) => values.length), [1, 1, 1, 1, 1, 1]);
});

Deno.test("verdictsView() keeps two claims apart that share an id but not a title", () => {
  const [first, second] = result.claims;
  const view = verdictsView({ ...result, claims: [first!, { ...second!, title: "other" }] });
  assert.equal(view.claims.length, 2);
});

Deno.test("verdictsView() sums up by claim when there are many checks", () => {
  const [first] = result.claims;
  const claims = Array.from({ length: 13 }, (_, n) => ({
    ...first!,
    subject: `net${n}`,
    verdict: n < 11 ? first!.verdict : "inconclusive" as const,
  }));
  assert.equal(verdictsView(result).summary, false);
  const { summary, claims: [group] } = verdictsView({ ...result, claims });
  assert.equal(summary, true);
  assert.deepEqual(group!.counts.map(({ verdict, count }) => [verdict, count]), [
    ["reproduced", 11],
    ["inconclusive", 2],
  ]);
  assert.equal(group!.open, "net11, net12");
});

Deno.test("verdictsView() writes no estimate where there is none", () => {
  const view = verdictsView(result);
  const [check] = view.claims[2]!.checks;
  assert.deepEqual([check!.estimate, check!.interval, check!.outcome], ["–", "–", ""]);
  assert.equal(view.claims[0]!.checks[0]!.outcome, ": 2.62 (95 % interval 1.71 to 4.00)");
});

Deno.test("verdictsView() warns of narrowed runs, failed self-tests and uncommitted changes", () => {
  const { device, environment } = result;
  const { warnings } = verdictsView({
    ...result,
    narrowed: ["--samples 50"],
    device: {
      ...device,
      selfTest: [{ name: "reduction", error: null, tolerance: 1e-5, passed: false }],
    },
    environment: { ...environment, git: { commit: null, dirty: true } },
  });
  assert.deepEqual(warnings, [
    "This run is smaller than its profile: --samples 50",
    "The device failed its self-test: reduction",
    "The code had changes that were not committed",
  ]);
  assert.deepEqual(verdictsView({ ...result, narrowed: [] }).warnings, []);
});

Deno.test("verdictsView() names networks together that are missing for the same reason", () => {
  const other = { id: "alexnet", why: "not in the zoo", fetch: "export it" };
  const { missing } = verdictsView({ ...result, missing: [...result.missing, other] });
  assert.deepEqual(missing.map(({ ids }) => ids), ["vgg19, resnet50, resnet152", "alexnet"]);
});
