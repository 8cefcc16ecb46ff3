import assert from "node:assert/strict";
import { dynamicsExampleResult } from "../testdata/example_digits.ts";
import { objectsExampleResult } from "../testdata/example_objects.ts";
import { exampleResult } from "../testdata/example_result.ts";
import { trainingsView } from "./trainings.ts";

Deno.test("trainingsView() gives nothing for a run that trained nothing", () => {
  assert.equal(trainingsView(exampleResult()), null);
});

Deno.test("trainingsView() gives a row a run, replicates together", () => {
  const { groups, recipes } = trainingsView(objectsExampleResult())!;
  assert.equal(recipes.length, 2);
  assert.deepEqual(groups.map(({ title, rows }) => [title, rows.length]), [
    ["vgg_objects-veiled", 3],
    ["vgg_objects-bare", 3],
    ["resnet_objects-veiled", 3],
    ["resnet_objects-bare", 3],
  ]);
  const [{ about, rows: [, second] }] = groups as [(typeof groups)[number]];
  assert.equal(
    about,
    "rendered objects, veiled (example): 1,184 to train, 160 to validate, 400 images to test; " +
      "recipe small-veiled; engine ort",
  );
  assert.equal(second!.replicate, "2, seed 1000");
  assert.deepEqual([second!.epochs, second!.steps], ["15", "555"]);
  assert.deepEqual(second!.accuracies, ["94.6 %", "85.6 %", "85.6 %"]);
  assert.deepEqual(second!.losses, ["0.0722", "0.202", "0.202"]);
});

Deno.test("trainingsView() writes a dash for what was not validated", () => {
  const result = objectsExampleResult();
  const trainings = result.trainings.map((run) => ({
    ...run,
    validationImages: 0,
    history: run.history.map((epoch) => ({
      ...epoch,
      validationLoss: null,
      validationAccuracy: null,
    })),
  }));
  const { groups } = trainingsView({ ...result, trainings })!;
  const [{ about, rows: [row] }] = groups as [(typeof groups)[number]];
  assert.doesNotMatch(about, /validate/);
  assert.deepEqual([row!.accuracies[1], row!.losses[1]], ["–", "–"]);
});

Deno.test("trainingsView() names a training that is shown at many moments by its end", () => {
  const { groups, agreement } = trainingsView(dynamicsExampleResult())!;
  assert.deepEqual(groups.map(({ title }) => title), ["cnn (example) and 12 earlier moments"]);
  assert.equal(agreement, null);
});

Deno.test("trainingsView() gives a row a compared step", () => {
  const { agreement } = trainingsView(objectsExampleResult())!;
  assert.deepEqual(agreement!.rows.map(({ step, differences }) => [step, ...differences]), [
    ["1", "1.2 × 10⁻⁷", "3.4 × 10⁻⁶", "4.1 × 10⁻⁷"],
    ["10", "2.9 × 10⁻⁶", "1.7 × 10⁻⁵", "8.8 × 10⁻⁶"],
    ["50", "6.3 × 10⁻⁴", "0.0041", "0.0018"],
  ]);
  assert.equal(agreement!.rows[0]!.network, "vgg_objects-veiled");
});
