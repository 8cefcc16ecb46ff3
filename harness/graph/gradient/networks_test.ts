import assert from "node:assert/strict";
import { randomStream } from "../../base/mod.ts";
import { openCpu } from "../../device/mod.ts";
import { buildNetwork } from "../../nets/mod.ts";
import { type TrainingForm, trainingForm } from "../../train/training_form.ts";
import { tap, writeGraph } from "../mod.ts";
import { interpret64, type Tensor64, tensor64 } from "../testdata/interpret64.ts";
import { sizeOf } from "../testdata/interpret64/tensor64.ts";
import { centralDifference, directionsOf } from "../testdata/weighted_sum.ts";
import { differentiate, inferShapes } from "./mod.ts";

const device = await openCpu(1);

/** Short, so that hardly any unit crosses the kink of its ReLU. */
const STEP = 1e-6;

/** Of the slope along a direction, relative to the length of the gradient. */
const SLOPE_TOLERANCE = 1e-6;

/** Of the parameters so many, spread over the depth, are differentiated by numerically. */
const MOST_DIRECTIONS = 24;

/** Of float32, relative to the largest gradient by the same parameter. */
const DEVICE_TOLERANCE = 1e-4;

/** A gradient that is exactly 0, as by a bias before batch normalisation, is rounding alone. */
const FLOOR = 1e-6;

const NETWORKS = {
  mnist_cnn: { width: 1 / 8, inputSize: 12, inputChannels: 1, batch: 3 },
  vgg_objects_bn: { width: 1 / 8, inputSize: 16, inputChannels: 3, batch: 4 },
  resnet18: { width: 1 / 16, inputSize: 32, inputChannels: 3, batch: 4 },
};

/** Random images, targets that are distributions, and the parameters as they are. */
function feedsOf(form: TrainingForm): Map<string, Tensor64> {
  const random = randomStream(1, "network gradients", form.graph.name);
  const feeds = new Map<string, Tensor64>();
  for (const { name, shape } of form.graph.inputs) {
    const dims = shape as number[];
    const data = Float64Array.from(
      { length: sizeOf(dims) },
      () => Math.fround(name === form.images ? random.normal() : random.uniform()),
    );
    feeds.set(name, { dims, data });
  }
  for (const name of form.parameters) feeds.set(name, tensor64(form.graph.initializers.get(name)!));
  return feeds;
}

function largestOf(data: ArrayLike<number>): number {
  return Array.from(data).reduce((most, value) => Math.max(most, Math.abs(value)), 0);
}

for (const [name, { batch, ...options }] of Object.entries(NETWORKS)) {
  const network = buildNetwork(name, { ...options, classes: 5, seed: 1 });
  const image = [options.inputChannels, options.inputSize, options.inputSize];
  const form = trainingForm(network, { batch, image, logits: "logits" });
  const { graph, images, parameters } = form;
  const feeds = feedsOf(form);
  const shapes = inferShapes(
    graph,
    new Map(graph.inputs.map(({ name }) => [name, feeds.get(name)!.dims])),
  );
  const wrt = [...parameters, images];
  const { graph: both, gradients } = differentiate(graph, "loss", wrt, shapes);
  const values = interpret64(both, feeds);

  Deno.test(`differentiate() gives the slopes by central differences for ${name}`, () => {
    const directions = directionsOf(feeds, wrt, 0);
    const every = Math.ceil(directions.length / MOST_DIRECTIONS);
    for (const direction of directions.filter((_, i) => i % every === 0)) {
      const { data } = values.get(gradients.get(direction.value)!)!;
      const found = data.reduce((sum, value, i) => sum + value * direction.step[i]!, 0);
      const length = Math.sqrt(data.reduce((sum, value) => sum + value ** 2, 0));
      const wanted = centralDifference({ graph, loss: "loss", feeds }, direction, STEP);
      assert.ok(
        Math.abs(found - wanted) <= SLOPE_TOLERANCE * length + 1e-9,
        `${direction.value}: ${found}, wanted ${wanted}, of length ${length}`,
      );
    }
  });

  Deno.test(`differentiate() gives gradients of ${name} that float32 computes too`, async () => {
    const session = await device.open(writeGraph(tap(both, [...gradients.values()])));
    const found = await session.run(
      Object.fromEntries(session.inputNames.map((name) => {
        const { dims, data } = feeds.get(name)!;
        return [name, { dims, data: Float32Array.from(data) }];
      })),
    );
    for (const [parameter, gradient] of gradients) {
      const { data } = values.get(gradient)!;
      const allowed = Math.max(DEVICE_TOLERANCE * largestOf(data), FLOOR);
      const error = largestOf(data.map((value, i) => value - found[gradient]!.data[i]!));
      assert.ok(error <= allowed, `${parameter}: ${error} of ${largestOf(data)}`);
    }
    await session.release();
  });
}
