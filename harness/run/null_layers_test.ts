import assert from "node:assert/strict";
import { RunError } from "../base/mod.ts";
import { nullLayers } from "./null_layers.ts";

const checkpoints = ["input", "pool1", "fc1", "fc2"]
  .map((name, depth) => ({ name, tensor: `t${depth}`, depth }));

function names(fullDepth: number | undefined, wanted?: readonly string[]): string[] {
  const found = nullLayers({ id: "net", checkpoints, fullDepth }, wanted);
  return [...found].map(({ name }) => name);
}

Deno.test("nullLayers() takes the last hidden layer, if the file has it", () => {
  assert.deepEqual(names(undefined), ["fc1"]);
  assert.deepEqual(names(4), ["fc2"]);
  assert.deepEqual(names(9), []);
});

Deno.test("nullLayers() takes the layers that are named and refuses others", () => {
  assert.deepEqual(names(undefined, ["input", "fc2"]), ["input", "fc2"]);
  assert.throws(
    () => names(undefined, ["fc3"]),
    (error) => error instanceof RunError && /net: pca\.nullLayers names "fc3"/.test(error.message),
  );
});
