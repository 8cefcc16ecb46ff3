import assert from "node:assert/strict";
import { objectsExampleResult } from "../testdata/example_objects.ts";
import { accuracyView } from "./accuracy.ts";

const plain = objectsExampleResult();

Deno.test("accuracyView() is null when the run does not ask for it", () => {
  assert.equal(accuracyView(plain), null);
});

Deno.test("accuracyView() shows each data set, and both samplings of the paper", () => {
  const [claim] = plain.claims;
  const view = accuracyView({ ...plain, claims: [{ ...claim!, id: "acc.correlation" }] })!;
  assert.deepEqual(view.own.map(({ title, legend }) => [title, legend.length]), [
    ["rendered objects, veiled (example)", 2],
    ["rendered objects, bare (example)", 2],
  ]);
  assert.equal(view.legend.length, 14);
  assert.notEqual(view.mixed, view.classwise);
});
