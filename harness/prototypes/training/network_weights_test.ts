import assert from "node:assert/strict";
import { RunError } from "../../base/mod.ts";
import { buildBackbone, plainClassifier } from "../../nets/mod.ts";
import type { Weights } from "../../train/mod.ts";
import {
  prototypeLayerOf,
  weightsOf,
  withBackboneWeights,
  withPrototypeLayer,
} from "./network_weights.ts";
import { smallProtoPNet } from "./testdata/marks.ts";

const NET = smallProtoPNet();

/** Weights of a classifier on another backbone of the same kind. */
function classifierWeights(width = 0.25): Weights {
  const sizes = { inputSize: 16, inputChannels: 3, width, seed: 7, stride: 4 };
  const backbone = buildBackbone("vgg_objects_bn", sizes);
  const { initializers } = plainClassifier(backbone, { classes: 3, seed: 7 });
  return new Map([...initializers].map(([name, { dims, data }]) => [
    name,
    { dims, data: new Float32Array(data as Float32Array) },
  ]));
}

Deno.test("withBackboneWeights() takes the backbone of a classifier and nothing else", () => {
  const weights = classifierWeights();
  const net = withBackboneWeights(NET, weights);
  const before = weightsOf(NET);
  for (const [name, { dims, data }] of weightsOf(net)) {
    const isOwn = /^(add_on_layers\.|prototypes$|last_layer\.)/.test(name);
    assert.deepEqual(data, (isOwn ? before : weights).get(name)!.data, name);
    assert.deepEqual(dims, before.get(name)!.dims);
  }
  assert.deepEqual([...weightsOf(net).keys()], [...before.keys()]);
});

Deno.test("withBackboneWeights() refuses another backbone", () => {
  assert.throws(
    () => withBackboneWeights(NET, classifierWeights(0.5)),
    new RunError(
      "Cannot take over the backbone of vgg_objects_bn_protopnet: " +
        '"features.0.weight" is [8,3,3,3], wanted [4,3,3,3]',
    ),
  );
  assert.throws(() => withBackboneWeights(NET, new Map()), /"features.0.weight" is missing/);
});

Deno.test("withPrototypeLayer() takes back what prototypeLayerOf() gives", () => {
  const layer = prototypeLayerOf(NET);
  assert.deepEqual([layer.classes, layer.depth, layer.similarity], [3, 8, "log"]);
  assert.deepEqual([...layer.classOf], [0, 0, 1, 1, 2, 2]);
  assert.deepEqual(weightsOf(withPrototypeLayer(NET, layer)), weightsOf(NET));
});
