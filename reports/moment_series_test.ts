import assert from "node:assert/strict";
import { momentSeries } from "./moment_series.ts";
import { dynamicsExampleResult } from "./testdata/example_digits.ts";
import { objectsExampleResult } from "./testdata/example_objects.ts";

const result = dynamicsExampleResult();

Deno.test("momentSeries() puts the moments of one training in the order of time", () => {
  const shuffled = { ...result, networks: result.networks.toReversed() };
  const [series, ...others] = momentSeries(shuffled);
  assert.equal(others.length, 0);
  assert.equal(series!.runs.length, 3);
  assert.deepEqual(series!.moments.map(({ step }) => step), [
    ...[0, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 3120],
  ]);
  assert.equal(series!.moments.at(-1)!.epoch, 40);
});

Deno.test("momentSeries() gives the test accuracy over replicates, of the snapshot or of the end", () => {
  const { moments } = momentSeries(result)[0]!;
  const { trainings } = result;
  const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  assert.equal(
    moments[3]!.accuracy!.mean,
    mean(trainings.map(({ snapshots }) => snapshots[3]!.test.accuracy)),
  );
  assert.equal(moments.at(-1)!.accuracy!.mean, mean(trainings.map(({ test }) => test.accuracy)));
  assert.ok(moments[3]!.accuracy!.std > 0);
});

Deno.test("momentSeries() knows no accuracy where a replicate lacks the snapshot", () => {
  const [first, ...others] = result.trainings;
  const trainings = [{ ...first!, snapshots: first!.snapshots.slice(1) }, ...others];
  const { moments } = momentSeries({ ...result, trainings })[0]!;
  assert.equal(moments[0]!.accuracy, undefined);
  assert.ok(moments[1]!.accuracy);
});

Deno.test("momentSeries() counts epochs in steps", () => {
  const networks = result.networks.map((network) => ({
    ...network,
    recipe: network.recipe!.after
      ? { ...network.recipe!, after: { unit: "epochs" as const, count: 2 } }
      : network.recipe,
  }));
  assert.deepEqual(momentSeries({ ...result, networks }), []);
  const [one] = momentSeries({
    ...result,
    networks: [result.networks[0]!, networks[1]!, ...result.networks.slice(2)],
  });
  assert.ok(one!.moments.some(({ step, epoch }) => step === 156 && epoch === 2));
});

Deno.test("momentSeries() finds none in networks that are shown at the end only", () => {
  assert.deepEqual(momentSeries(objectsExampleResult()), []);
});
