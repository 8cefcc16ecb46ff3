import assert from "node:assert/strict";
import type { Result } from "../../harness/spec/mod.ts";
import { exampleResult } from "../testdata/example_result.ts";
import { scaleView } from "./scale.ts";

const plain = exampleResult();

function asking(result: Result): Result {
  return { ...result, claims: [{ ...result.claims[0]!, id: "scale.stable" }] };
}

Deno.test("scaleView() is null when the run does not ask for it, or has no blocks", () => {
  assert.equal(scaleView(plain), null);
  assert.equal(scaleView(asking({ ...plain, networks: [] })), null);
});

Deno.test("scaleView() shows every trained network with the profiles of five sizes", () => {
  const view = scaleView(asking(plain))!;
  const trained = plain.networks.filter(({ weights }) => weights === "trained");
  assert.deepEqual(view.networks.map(({ title }) => title), trained.map(({ title }) => title));
  const { legend, peaks } = view.networks[0]!.profiles;
  assert.deepEqual(legend.map(({ label }) => label), [
    "N = 500",
    "N = 250",
    "N = 100",
    "N = 50",
    "N = 25",
  ]);
  assert.match(peaks, /^layer2, [\d.]+ with N = 500; /);
});
