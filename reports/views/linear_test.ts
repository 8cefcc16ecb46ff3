import assert from "node:assert/strict";
import { objectsExampleResult } from "../testdata/example_objects.ts";
import { linearExampleResult, paperLinearExampleResult } from "../testdata/example_linear.ts";
import { figuresView } from "./figures.ts";

const { linear } = figuresView(linearExampleResult());

Deno.test("linearView() is there only where a run has linear dimensions", () => {
  assert.equal(figuresView(objectsExampleResult()).linear, null);
  assert.ok(linear);
});

Deno.test("linearView() shows twins beside their trained network, and all spectra", () => {
  assert.deepEqual(linear!.dimensions.map(({ title }) => title), ["vgg_objects-veiled"]);
  assert.equal(linear!.spectra.length, 2);
  assert.deepEqual(linear!.gaussians.map(({ title }) => title), [
    "vgg_objects-veiled, fc2",
    "vgg_objects-veiled-untrained, fc2",
  ]);
  assert.equal(linear!.most, "499");
});

Deno.test("linearView() names the paper's curves where there are some", () => {
  const labels = (view: typeof linear) =>
    [...view!.legend, ...view!.gaussianLegend, ...view!.spectra.flatMap(({ legend }) => legend)]
      .filter(({ label }) => label.startsWith("paper")).length;
  assert.equal(labels(linear), 0);
  assert.equal(labels(figuresView(paperLinearExampleResult()).linear), 4);
});

Deno.test("linearView() writes every linear dimension of every layer", () => {
  const [{ rows }] = linear!.tables as [NonNullable<typeof linear>["tables"][number]];
  assert.equal(rows.length, 8);
  const fc2 = rows.find(({ name }) => name === "fc2")!;
  assert.match(fc2.components, /^\d+\.\d ± \d/);
  assert.match(fc2.overId, /^[45]\.\d\d ± /);
  assert.deepEqual([fc2.corrected, fc2.gap, fc2.gapAfter], ["–", "1.50 ± 0.00", "1"]);
});
