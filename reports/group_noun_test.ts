import assert from "node:assert/strict";
import { groupNoun } from "./group_noun.ts";
import { controlsExampleResult } from "./testdata/example_digits.ts";
import { embeddedExampleResult, exampleResult } from "./testdata/example_result.ts";

Deno.test("groupNoun() says replicates only where each group has seeds of its own", () => {
  assert.equal(groupNoun(controlsExampleResult().data).many, "replicates");
  assert.equal(groupNoun(exampleResult().data).many, "groups of images");
  assert.equal(groupNoun(embeddedExampleResult().data).one, "group of images");
});
