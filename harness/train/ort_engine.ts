/**
 * The first engine: forward pass, loss, backward pass and the optimiser's update are one ONNX graph,
 * run by ONNX Runtime on any device. Weights stay on the device between steps.
 *
 * @module
 */
import type { Device, FloatTensor, LoopSession } from "../device/mod.ts";
import {
  differentiate,
  type DifferentiationOptions,
  inferShapes,
  rectifyAfterPooling,
  withBlockedConvolutions,
  withSmallConvolutions,
} from "../graph/gradient/mod.ts";
import { type Graph, GraphBuilder, prune, type ValueInfo, writeGraph } from "../graph/mod.ts";
import { channelBlock } from "./channel_block.ts";
import type { Engine, Trainer, Weights } from "./engine.ts";
import type { OptimiserSettings } from "./optimiser.ts";
import { requireRoom } from "./require_room.ts";
import { requireTensors } from "./require_tensors.ts";
import { LOSS, type TrainingForm } from "./training_form.ts";
import { addUpdates } from "./update.ts";

/** Inputs of a step graph besides those of the training form: the learning rate and the step from 1 on. */
const LEARNING_RATE = "learning_rate";
const STEP = "step";

/**
 * Training on a device by ONNX Runtime.
 *
 * `open` throws a RunError when a tensor is larger than the device can take, and a UsageError when a
 * group of the optimiser fits no parameter.
 */
export function ortEngine(device: Device): Engine {
  return {
    name: `ort ${device.kind}`,
    open: (form, optimiser) => openTrainer(device, form, optimiser),
  };
}

/** A step graph and what its runs hand on to each other. */
export interface StepGraph {
  readonly graph: Graph;
  /** For each weight and moment, the output that holds its next value. */
  readonly carried: ReadonlyMap<string, string>;
  /** Names and shapes of the moments. */
  readonly moments: ReadonlyMap<string, readonly number[]>;
  /** Gradient of each parameter, by the parameter's name. */
  readonly gradients: ReadonlyMap<string, string>;
}

/**
 * One training step as a graph. Inputs: those of the form, `learning_rate` [], `step` [], every weight
 * and every moment. Outputs: loss, logits, and the next value of each weight and moment.
 */
export function stepGraph(
  form: TrainingForm,
  optimiser: OptimiserSettings,
  options: DifferentiationOptions = {},
): StepGraph {
  const inputShapes = new Map(
    form.graph.inputs.map(({ name, shape }) => [name, shape as readonly number[]]),
  );
  const rectified = rectifyAfterPooling(form.graph);
  const forward = withSmallConvolutions(rectified, inferShapes(rectified, inputShapes));
  const shapes = inferShapes(forward, inputShapes);
  const { graph, gradients } = differentiate(forward, LOSS, form.parameters, shapes, options);
  const weights = [...form.parameters, ...form.statistics.keys()];
  const builder = new GraphBuilder(graph.name, {
    ...graph,
    inputs: [...graph.inputs, ...weights.map((name) => float(name, shapes.get(name)!))],
    initializers: new Map([...graph.initializers].filter(([name]) => !weights.includes(name))),
  });
  builder.input(LEARNING_RATE, []);
  builder.input(STEP, []);
  const carried = new Map(form.statistics);
  const moments = new Map<string, readonly number[]>();
  const updates = addUpdates(
    builder,
    form.parameters.map((name) => ({
      name,
      dims: shapes.get(name)!,
      gradient: gradients.get(name)!,
    })),
    optimiser,
    { learningRate: LEARNING_RATE, step: STEP },
  );
  for (const { parameter, output, moments: changed } of updates) {
    carried.set(parameter, output);
    builder.output(output);
    for (const { name, output: next } of changed) {
      builder.input(name, shapes.get(parameter)!);
      moments.set(name, shapes.get(parameter)!);
      carried.set(name, next);
      builder.output(next);
    }
  }
  for (const name of weights.filter((name) => !carried.has(name))) {
    carried.set(name, builder.add(`${name}/kept`, "Identity", [name]));
    builder.output(`${name}/kept`);
  }
  return { graph: builder.build(), carried, moments, gradients };
}

function float(name: string, shape: readonly number[]): ValueInfo {
  return { name, type: "float32", shape };
}

async function openTrainer(
  device: Device,
  form: TrainingForm,
  optimiser: OptimiserSettings,
): Promise<Trainer> {
  const stepOf = (form: TrainingForm) =>
    stepGraph(form, optimiser, { poolIndices: device.kind !== "webgpu" });
  const { graph: step, carried, moments, gradients } = stepOf(form);
  if (device.largestTensorBytes !== undefined) {
    requireRoom(form, (other) => stepOf(other).graph, device.largestTensorBytes);
  }
  const block = await channelBlock(device);
  const graph = block === undefined ? step : withBlockedConvolutions(step, block);
  const loop = await device.openLoop(writeGraph(graph), carried);
  loop.write(startOf(form, moments));
  let taken = 0;
  return {
    async step(batch, learningRate) {
      taken++;
      const outputs = await loop.run({
        ...batch,
        [LEARNING_RATE]: scalar(learningRate),
        [STEP]: scalar(taken),
      });
      return {
        loss: outputs[LOSS]!.data[0]!,
        metrics: new Map(
          [...form.metrics].map(([name, value]) => [name, outputs[value]!.data[0]!]),
        ),
        logits: outputs[form.logits]!,
      };
    },
    async gradients(batch) {
      const weights = await weightsOf(loop, moments);
      return gradientsOf(device, graph, gradients, { ...batch, ...Object.fromEntries(weights) });
    },
    async state() {
      const values = await loop.read();
      const pick = (isMoment: boolean) =>
        new Map([...values].filter(([name]) => moments.has(name) === isMoment));
      return { step: taken, weights: pick(false), moments: pick(true) };
    },
    restore: (state) =>
      Promise.try(() => {
        requireTensors(graph.name, weightShapes(form), state.weights);
        requireTensors(graph.name, moments, state.moments);
        loop.write(new Map([...state.weights, ...state.moments]));
        taken = state.step;
      }),
    release: () => loop.release(),
  };
}

function weightShapes({ graph, parameters, statistics }: TrainingForm) {
  const names = [...parameters, ...statistics.keys()];
  return new Map(names.map((name) => [name, graph.initializers.get(name)!.dims]));
}

/** The weights of the form, and moments of 0. */
function startOf(form: TrainingForm, moments: StepGraph["moments"]): Map<string, FloatTensor> {
  const start = new Map<string, FloatTensor>();
  for (const [name, dims] of weightShapes(form)) {
    const { data } = form.graph.initializers.get(name)!;
    start.set(name, { dims, data: new Float32Array(data as Float32Array) });
  }
  for (const [name, dims] of moments) {
    const size = dims.reduce((product, value) => product * value, 1);
    start.set(name, { dims, data: new Float32Array(size) });
  }
  return start;
}

async function weightsOf(loop: LoopSession, moments: StepGraph["moments"]): Promise<Weights> {
  return new Map([...await loop.read()].filter(([name]) => !moments.has(name)));
}

async function gradientsOf(
  device: Device,
  graph: Graph,
  gradients: ReadonlyMap<string, string>,
  feeds: Readonly<Record<string, FloatTensor>>,
): Promise<Weights> {
  const outputs = [...gradients.values()].map((name) => ({
    name,
    type: "float32" as const,
    shape: undefined,
  }));
  const cut = prune({ ...graph, outputs }, gradients.values());
  const session = await device.open(writeGraph(cut));
  try {
    const used = new Set(session.inputNames);
    const values = await session.run(
      Object.fromEntries(Object.entries(feeds).filter(([name]) => used.has(name))),
    );
    return new Map([...gradients].map(([parameter, name]) => {
      const { dims, data } = values[name]!;
      return [parameter, { dims, data: data.slice() }];
    }));
  } finally {
    await session.release();
  }
}

function scalar(value: number): FloatTensor {
  return { dims: [], data: Float32Array.of(value) };
}
