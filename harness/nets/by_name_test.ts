import assert from "node:assert/strict";
import { openCpu } from "../device/mod.ts";
import { checkpointsOf, parameterCount, probeShapes } from "../graph/mod.ts";
import { buildNetwork } from "./by_name.ts";

const device = await openCpu(2);

/** Depths and units of section 2.2 of the protocol: the authors' getDepths and getResNetsDepths. */
const RESNET18_UNITS = [150528, 200704, 200704, 100352, 50176, 25088, 512, 1000];
const PAPER: Record<string, number[]> = {
  alexnet: [0, 1, 2, 5, 7, 8, 9],
  vgg11: [0, 1, 2, 4, 6, 8, 10, 11, 12],
  vgg13_bn: [0, 2, 4, 6, 8, 10, 12, 13, 14],
  vgg16: [0, 2, 4, 7, 10, 13, 15, 16, 17],
  vgg19: [0, 2, 4, 8, 12, 16, 18, 19, 20],
  resnet18: [0, 1, 5, 9, 13, 17, 18, 19],
  resnet34: [0, 1, 7, 15, 27, 33, 34, 35],
  resnet50: [0, 1, 10, 22, 40, 49, 50, 51],
  resnet101: [0, 1, 10, 22, 91, 100, 101, 102],
  resnet152: [0, 1, 10, 34, 142, 151, 152, 153],
};

/** Narrow enough to build in no time; the units scale with the width, the depths do not. */
const WIDTH = 1 / 64;

for (const [name, depths] of Object.entries(PAPER)) {
  Deno.test(`checkpointsOf() gives the paper's depths for ${name}`, async () => {
    const options = { classes: 1000, inputSize: 224, inputChannels: 3, width: WIDTH, seed: 1 };
    const graph = buildNetwork(name, options);
    const shapes = await probeShapes(device, graph, [3, 224, 224]);
    assert.deepEqual(checkpointsOf(graph, shapes).map(({ depth }) => depth), depths);
  });
}

Deno.test("buildNetwork() gives the paper's units and torchvision's weights for resnet18", async () => {
  const options = { classes: 1000, inputSize: 224, inputChannels: 3, width: 1, seed: 1 };
  const graph = buildNetwork("resnet18", options);
  const shapes = await probeShapes(device, graph, [3, 224, 224]);
  const units = checkpointsOf(graph, shapes).map(({ tensor }) =>
    shapes.get(tensor)!.reduce((product, size) => product * size, 1)
  );
  assert.deepEqual(units, RESNET18_UNITS);
  const runningStatistics = 2 * 4800;
  assert.equal(parameterCount(graph), 11_689_512 + runningStatistics);
});

Deno.test("buildNetwork() gives AlexNet torchvision's number of weights", () => {
  const options = { classes: 1000, inputSize: 224, inputChannels: 3, width: 1, seed: 1 };
  assert.equal(parameterCount(buildNetwork("alexnet", options)), 61_100_840);
});

for (const name of ["alexnet_28", "vgg_28", "resnet_28"]) {
  Deno.test(`buildNetwork() makes ${name} run on 28 x 28 images`, async () => {
    const options = { classes: 10, inputSize: 28, inputChannels: 1, width: 0.25, seed: 1 };
    const graph = buildNetwork(name, options);
    const shapes = await probeShapes(device, graph, [1, 28, 28]);
    assert.deepEqual(shapes.get("logits"), [10]);
    assert.ok(checkpointsOf(graph, shapes).length >= 6);
  });
}

Deno.test("buildNetwork() gives the same weights for the same seed and others for another", () => {
  const weights = (seed: number) =>
    buildNetwork("vgg_28", { classes: 10, inputSize: 28, inputChannels: 1, width: 0.1, seed })
      .initializers.get("features.0.weight")!.data;
  assert.deepEqual(weights(1), weights(1));
  assert.notDeepEqual(weights(1), weights(2));
});

Deno.test("buildNetwork() names the nearest architecture when it knows none of that name", () => {
  assert.throws(
    () =>
      buildNetwork("resnet19", {
        classes: 10,
        inputSize: 28,
        inputChannels: 1,
        width: 1,
        seed: 1,
      }),
    /unknown architecture "resnet19", did you mean "resnet1[08]1?"\?/,
  );
});
