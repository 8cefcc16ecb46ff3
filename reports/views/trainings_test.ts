import assert from "node:assert/strict";
import type { TrainingResult } from "../../harness/spec/mod.ts";
import { dynamicsExampleResult } from "../testdata/example_digits.ts";
import { objectsExampleResult } from "../testdata/example_objects.ts";
import { exampleResult } from "../testdata/example_result.ts";
import { trainingsView } from "./trainings.ts";

type Group = NonNullable<ReturnType<typeof trainingsView>>["groups"][number];

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
  const [{ about, rows: [, second] }] = groups as [Group];
  assert.equal(
    about,
    "rendered objects, veiled (example): 1,184 to train, 160 to validate, 400 images to test; " +
      "recipe small-veiled; engine ort",
  );
  assert.equal(second!.replicate, "2, seed 1000");
  assert.deepEqual([second!.epochs, second!.steps], ["15", "555"]);
  assert.deepEqual(second!.values, ["94.6 %", "85.6 %", "85.6 %", "0.0722", "0.202", "0.202"]);
});

Deno.test("trainingsView() writes a dash for a run that was not validated beside one that was", () => {
  const result = objectsExampleResult();
  const trainings = result.trainings.map((run, n) => n > 0 ? run : withoutValidation(run));
  const [{ about, rows: [row] }] = trainingsView({ ...result, trainings })!.groups as [Group];
  assert.doesNotMatch(about, /validate/);
  assert.deepEqual([row!.values[1], row!.values[4]], ["–", "–"]);
});

Deno.test("trainingsView() has no column and no legend for validation where no run validates", () => {
  const result = objectsExampleResult();
  const view = trainingsView({ ...result, trainings: result.trainings.map(withoutValidation) })!;
  assert.deepEqual(view.columns, [
    "Accuracy, train",
    "Accuracy, test",
    "Loss, train",
    "Loss, test",
  ]);
  assert.equal(view.groups[0]!.rows[0]!.values.length, 4);
  assert.equal(view.legend.length, 2);
});

Deno.test("trainingsView() names a training that is shown at many moments by its end", () => {
  const { groups, agreement } = trainingsView(dynamicsExampleResult())!;
  assert.deepEqual(groups.map(({ title }) => title), [
    "cnn-step-0 (example) to cnn (example): 13 moments of one training",
  ]);
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

function withoutValidation(run: TrainingResult): TrainingResult {
  return {
    ...run,
    validationImages: 0,
    history: run.history.map((epoch) => ({
      ...epoch,
      validationLoss: null,
      validationAccuracy: null,
    })),
  };
}
