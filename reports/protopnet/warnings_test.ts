import assert from "node:assert/strict";
import type { ProtopnetResult } from "../../harness/spec/mod.ts";
import { fullProtopnetExample } from "../site/testdata/example_protopnet.ts";
import { embedded, protopnetWarnings, renderProtopnetReport } from "./mod.ts";

/** The second of two replicates fails in both ways. */
function failing(): ProtopnetResult {
  const result = fullProtopnetExample();
  const [model] = result.models as [ProtopnetResult["models"][number]];
  const [first, second] = model.runs as [typeof model.runs[number], typeof model.runs[number]];
  const projection = { ...second.projection!, identicalClasses: ["wren", "robin"] };
  const test = { ...second.test, neverPredicted: ["robin <i>"] };
  return {
    ...result,
    models: [{ ...model, prototypes: 20, runs: [first, { ...second, projection, test }] }],
  };
}

const WARNINGS = [
  "ProtoPNet (example), replicate 2: never predicts 1 of 2 classes on the test images: robin <i>",
  "ProtoPNet (example), replicate 2: all 10 prototypes of each of 2 classes are the same patch and " +
  "explain no more than one would: wren, robin",
];

Deno.test("protopnetWarnings() counts classes that are never predicted, and identical prototypes", () => {
  assert.deepEqual(protopnetWarnings(failing()), WARNINGS);
  assert.deepEqual(protopnetWarnings(fullProtopnetExample()), []);
});

Deno.test("renderProtopnetReport() shows the warnings with the verdicts", () => {
  const page = renderProtopnetReport(failing(), embedded(() => new Uint8Array()));
  for (const warning of WARNINGS) {
    assert.ok(page.includes(`</span> ${warning.replace("<i>", "&lt;i&gt;")}</li>`), warning);
  }
});
