import assert from "node:assert/strict";
import { highestLayer, idAt, overGroups, twonnFit } from "./over_groups.ts";
import { smallNetwork } from "./testdata/small_network.ts";

const { layers } = smallNetwork("resnet18");
const [first] = layers;

Deno.test("overGroups() gives mean and population standard deviation", () => {
  const values = [1, 2, 6];
  const groups = first!.groups.map((group, g) => ({ ...group, n: values[g]! }));
  const spread = overGroups({ ...first!, groups }, ({ n }) => n);
  assert.deepEqual(spread, { mean: 3, std: Math.sqrt(14 / 3) });
});

Deno.test("overGroups() gives nothing when a group lacks the number, or there is no group", () => {
  const some = overGroups(first!, ({ group }) => group === "a" ? null : 1);
  assert.equal(some, undefined);
  assert.equal(overGroups({ ...first!, groups: [] }, twonnFit), undefined);
});

Deno.test("idAt() gives the standard error when there is one group", () => {
  const [group] = first!.groups;
  assert.deepEqual(idAt({ ...first!, groups: [group!] }), {
    mean: group!.estimates.twonn_fit.value,
    std: group!.estimates.twonn_fit.standardError,
  });
  assert.deepEqual(idAt(first!), overGroups(first!, twonnFit));
});

Deno.test("highestLayer() finds the peak of the mean", () => {
  assert.equal(layers[highestLayer(layers)]!.name, "layer2");
  assert.equal(highestLayer([]), -1);
});
