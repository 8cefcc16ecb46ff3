import assert from "node:assert/strict";
import {
  accuracyPoints,
  classwiseAccuracyPoints,
  publishedAccuracyPoints,
} from "./accuracy_points.ts";
import { objectsExampleResult } from "./testdata/example_objects.ts";

const result = objectsExampleResult();

Deno.test("accuracyPoints() gives trained networks with the mean error of their replicates", () => {
  const points = accuracyPoints(result);
  assert.deepEqual([...points.keys()], ["veiled", "bare"]);
  const [vgg, ...others] = points.get("veiled")!;
  assert.equal(others.length, 1);
  const errors = result.trainings.filter(({ networks }) => networks.includes(vgg!.name))
    .map(({ test }) => 100 * (1 - test.accuracy));
  assert.ok(Math.abs(vgg!.error - errors.reduce((sum, error) => sum + error, 0) / 3) < 1e-9);
  const layer = result.networks.find(({ id }) => id === vgg!.name)!.layers.at(-2)!;
  assert.ok(Math.abs(vgg!.id - layer.mean["twonn_fit"]!) < 1e-9);
});

Deno.test("accuracyPoints() gives networks from files with their published error, and no others", () => {
  const [network] = result.networks;
  const fromFile = { ...network!, id: "file", recipe: null };
  const networks = [fromFile, { ...fromFile, id: "known", title: "known", testError: 10.92 }];
  const points = accuracyPoints({ ...result, networks }).get("veiled")!;
  assert.deepEqual(points.map(({ name, error }) => [name, error]), [["known", 10.92]]);
});

Deno.test("accuracyPoints() leaves out moments of a training and controls", () => {
  const networks = result.networks.map((network) => ({
    ...network,
    recipe: network.recipe?.training
      ? { ...network.recipe, control: { of: "x", changes: "labels" as const } }
      : network.recipe,
  }));
  assert.equal(accuracyPoints({ ...result, networks }).size, 0);
});

Deno.test("classwiseAccuracyPoints() gives Figure 4's networks the IDs of Figure 3B", () => {
  const [published, classwise] = [publishedAccuracyPoints(), classwiseAccuracyPoints()];
  assert.deepEqual(published[0], { name: "alexnet", error: 20.91, id: 25.19, std: 0.81 });
  assert.deepEqual(classwise[0], { name: "alexnet", error: 20.91, id: 21.5, std: 0 });
  assert.equal(classwise.length, 14);
});
