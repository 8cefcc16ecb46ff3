/**
 * The form of a network that is trained: the same layers with a fixed batch, statistics of the batch
 * in batch normalisation, and a loss.
 *
 * @module
 */
import { RunError } from "../base/mod.ts";
import { inferShapes } from "../graph/gradient/mod.ts";
import { type Graph, GraphBuilder, type GraphNode, int, prune } from "../graph/mod.ts";
import type { LossTerm, PerImageInput } from "./loss_term.ts";

/** Input of a training form: one-hot classes (or any distribution over them), [B, K]. */
export const TARGETS = "targets";

/** Output of a training form: what is minimised, without further terms the mean cross-entropy, shape []. */
export const LOSS = "loss";

/** Name of the cross-entropy among the metrics of a form with further terms. */
export const CROSS_ENTROPY = "crossEntropy";

/**
 * A network with its loss, as an ordinary graph.
 *
 * Inputs: the images [B, C, H, W], `targets` [B, K], one mask for each dropout, and what further terms of
 * the loss want to know of each image.
 * Outputs: `loss` [], the logits [B, K], the new running statistics of batch normalisation, and the metrics.
 * Initializers: the weights at the start; those in `parameters` are trained.
 */
export interface TrainingForm {
  readonly graph: Graph;
  /** Name of the input that takes the images. */
  readonly images: string;
  /** Name of the output with the logits. */
  readonly logits: string;
  readonly batch: number;
  readonly classes: number;
  /** Initializers that the optimiser changes, in the order of the graph. */
  readonly parameters: readonly string[];
  /** Initializers that every step replaces (running mean and variance), with the output that does. */
  readonly statistics: ReadonlyMap<string, string>;
  /** Dropout masks to feed: name and shape of the input, and the share of units dropped. */
  readonly masks: readonly DropoutMask[];
  /** Further inputs to feed. */
  readonly perImage: readonly PerImageInput[];
  /** Numbers that a step tells, with the output, shape [], that holds each; none without further terms. */
  readonly metrics: ReadonlyMap<string, string>;
}

/** A mask holds 0 for a dropped unit and 1 / (1 - ratio) for a kept one. */
export interface DropoutMask {
  readonly input: string;
  readonly shape: readonly number[];
  readonly ratio: number;
}

/** How a network is to be trained. */
export interface TrainingFormOptions {
  readonly batch: number;
  /** Channels, height, width. */
  readonly image: readonly number[];
  /** Value with the logits [N, K]; the graph's output when absent. */
  readonly logits?: string;
  /**
   * Layers that stay as they are: parameters whose name starts with one of these are not trained, and
   * batch normalisations with such parameters use their running statistics.
   */
  readonly frozen?: readonly string[];
  /** Where given, all parameters whose name starts with none of these are frozen too. */
  readonly trained?: readonly string[];
  /** Factor of the cross-entropy in the loss. Default 1. */
  readonly crossEntropy?: number;
  /** Further terms of the loss, and further numbers to tell. */
  readonly terms?: readonly LossTerm[];
}

/** Whether the options let a parameter be trained, by its name. */
export function isTrained(
  { frozen = [], trained }: Pick<TrainingFormOptions, "frozen" | "trained">,
): (name: string) => boolean {
  const startsWithOneOf = (prefixes: readonly string[], name: string) =>
    prefixes.some((prefix) => name.startsWith(prefix));
  return (name) =>
    !startsWithOneOf(frozen, name) && (trained === undefined || startsWithOneOf(trained, name));
}

/** Share of the running statistics that a step replaces, as in PyTorch. */
const STATISTICS_RATE = 0.1;

/**
 * @throws {RunError} When the graph does not take images and give logits, or when an operator has no
 * shape rule.
 */
export function trainingForm(network: Graph, options: TrainingFormOptions): TrainingForm {
  const { batch, image, terms = [] } = options;
  const logits = options.logits ?? network.outputs[0]!.name;
  const [images, ...others] = network.inputs;
  if (!images || others.length > 0) {
    const found = network.inputs.map(({ name }) => `"${name}"`).join(", ") || "none";
    throw new RunError(`${network.name}: found the inputs ${found}, wanted one that takes images`);
  }
  const mayTrain = isTrained(options);
  const layers = prune({ ...network, outputs: [] }, [logits]);
  const shapes = inferShapes(layers, new Map([[images.name, [batch, ...image]]]));
  const shape = shapes.get(logits);
  if (shape?.length !== 2) {
    throw new RunError(
      `${network.name}: "${logits}" has the shape [${shape ?? "unknown"}], wanted [N, classes]`,
    );
  }
  const builder = new GraphBuilder(network.name, {
    ...layers,
    inputs: [],
    nodes: [],
    opsets: new Map([...network.opsets, ["", Math.max(network.opsets.get("") ?? 0, OPSET)]]),
  });
  builder.input(images.name, [batch, ...image]);
  const statistics = new Map<string, string>();
  const masks: DropoutMask[] = [];
  const constants = new Set<string>();
  for (const node of layers.nodes) {
    if (node.op === "BatchNormalization") {
      const [, scale, , mean, variance] = node.inputs;
      constants.add(mean!).add(variance!);
      if (!mayTrain(scale!)) builder.addNode(node);
      else normaliseByBatch(builder, node, shapes.get(node.inputs[0]!)!, statistics);
    } else if (node.op === "Dropout") {
      constants.add(node.inputs[1] ?? "").add(node.inputs[2] ?? "");
      masks.push(maskInstead(builder, node, shapes.get(node.inputs[0]!)!, layers));
    } else builder.addNode(node);
  }
  const perImage: PerImageInput[] = [];
  const metrics = new Map<string, string>();
  const crossEntropy = addCrossEntropy(
    builder,
    logits,
    shape,
    terms.length === 0 ? LOSS : undefined,
  );
  if (terms.length > 0) {
    metrics.set(CROSS_ENTROPY, crossEntropy);
    let loss = scaled(builder, crossEntropy, options.crossEntropy ?? 1);
    for (const term of terms) {
      const value = term.value({
        graph: builder,
        batch,
        classes: shape[1]!,
        targets: TARGETS,
        shape(name) {
          const known = shapes.get(name);
          if (known) return known;
          throw new RunError(
            `${network.name}: the loss "${term.name}" wants "${name}", found none`,
          );
        },
        perImage(input, dims) {
          perImage.push({ input, dims });
          return builder.input(input, [batch, ...dims]);
        },
      });
      metrics.set(term.name, value);
      if (term.weight === 0) continue;
      const part = scaled(builder, value, term.weight);
      loss = builder.add(`loss/with_${term.name}`, "Add", [loss, part]);
    }
    builder.add(LOSS, "Identity", [loss]);
    for (const output of metrics.values()) builder.output(output);
  }
  builder.output(LOSS);
  builder.output(logits);
  const parameters = [...layers.initializers]
    .filter(([name, { type, dims }]) =>
      type === "float32" && dims.length > 0 && !constants.has(name) && mayTrain(name)
    )
    .map(([name]) => name);
  return {
    graph: builder.build(),
    images: images.name,
    logits,
    batch,
    classes: shape[1]!,
    parameters,
    statistics,
    masks,
    perImage,
    metrics,
  };
}

/** The operator set of training forms: the oldest that `differentiate` takes. */
const OPSET = 17;

/**
 * Batch statistics instead of running ones, which move a tenth of the way towards them (PyTorch's rule:
 * the variance of the batch is taken without bias).
 */
function normaliseByBatch(
  builder: GraphBuilder,
  node: GraphNode,
  shape: readonly number[],
  statistics: Map<string, string>,
): void {
  const [, , , mean, variance] = node.inputs as [string, string, string, string, string];
  const [output] = node.outputs as [string];
  const batchMean = `${node.name}/batch_mean`;
  const batchVariance = `${node.name}/batch_variance`;
  builder.addNode({
    ...node,
    outputs: [output, batchMean, batchVariance],
    attributes: new Map([
      ...node.attributes,
      ["training_mode", int(1)],
      ["momentum", { kind: "float", value: 0 }],
    ]),
  });
  const values = shape.reduce((product, size) => product * size, 1) / shape[1]!;
  const unbiased = values / Math.max(1, values - 1);
  const move = (running: string, batch: string, factor: number) => {
    const kept = scalar(builder, `${running}/kept`, 1 - STATISTICS_RATE);
    const taken = scalar(builder, `${running}/taken`, STATISTICS_RATE * factor);
    const old = builder.add(`${running}/old`, "Mul", [running, kept]);
    const added = builder.add(`${running}/added`, "Mul", [batch, taken]);
    statistics.set(running, builder.add(`${running}/new`, "Add", [old, added]));
    builder.output(`${running}/new`);
  };
  move(mean, batchMean, 1);
  move(variance, batchVariance, unbiased);
}

/** Multiplication with a mask that is fed, so that a seed decides it on every device. */
function maskInstead(
  builder: GraphBuilder,
  node: GraphNode,
  shape: readonly number[],
  { initializers }: Graph,
): DropoutMask {
  const [x, ratio] = node.inputs as [string, string?];
  const input = builder.input(`${node.name}/mask`, shape);
  const value = initializers.get(ratio ?? "")?.data[0];
  builder.add(node.outputs[0]!, "Mul", [x, input]);
  return { input, shape, ratio: value === undefined ? 0.5 : Number(value) };
}

/** Mean over the batch of -sum(targets * log softmax(logits)). */
function addCrossEntropy(
  builder: GraphBuilder,
  logits: string,
  shape: readonly number[],
  name = "loss/cross_entropy",
): string {
  builder.input(TARGETS, shape);
  const logProbabilities = builder.add("loss/log_softmax", "LogSoftmax", [logits], {
    axis: int(1),
  });
  const terms = builder.add("loss/terms", "Mul", [logProbabilities, TARGETS]);
  const sum = builder.add("loss/sum", "ReduceSum", [terms], { keepdims: int(0) });
  return builder.add(name, "Mul", [sum, scalar(builder, "loss/factor", -1 / shape[0]!)]);
}

function scaled(builder: GraphBuilder, value: string, factor: number): string {
  return builder.add(`${value}/scaled`, "Mul", [value, scalar(builder, `${value}/factor`, factor)]);
}

function scalar(builder: GraphBuilder, name: string, value: number): string {
  return builder.constant(name, { type: "float32", dims: [], data: Float32Array.of(value) });
}
