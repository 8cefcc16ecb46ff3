/**
 * The optimiser's update as nodes of a graph, by the formulas of PyTorch's torch.optim.
 *
 * @module
 */
import { Arithmetic, type NodeSink } from "./arithmetic.ts";
import { movingParameters } from "./moving_parameters.ts";
import type { Method, OptimiserSettings } from "./optimiser.ts";

/** A parameter and the value that holds its gradient. */
export interface UpdatedParameter {
  readonly name: string;
  readonly dims: readonly number[];
  readonly gradient: string;
}

/** What one parameter becomes. */
export interface Update {
  readonly parameter: string;
  /** Value with the new weight. */
  readonly output: string;
  /**
   * Inputs of the step, to be declared with the shape of the parameter, and the values that follow them:
   * `<parameter>/velocity` for SGD with momentum, `<parameter>/first` and `/second` for Adam and AdamW.
   * All start at 0.
   */
  readonly moments: readonly { readonly name: string; readonly output: string }[];
}

/** Scalar float32 inputs of the step, shape []. */
export interface StepInputs {
  readonly learningRate: string;
  /** Number of this step, from 1 on. */
  readonly step: string;
}

/** Keeps a gradient of 0 from a division by 0, as in torch.nn.utils.clip_grad_norm_. */
const NORM_FLOOR = 1e-6;

/**
 * Adds the update of every parameter; those whose group has rate 0 are frozen: they get no nodes, no
 * moments and no entry in the result, and do not count in the norm that is clipped.
 *
 * @throws {UsageError} When a group's prefix fits no parameter.
 */
export function addUpdates(
  sink: NodeSink,
  parameters: readonly UpdatedParameter[],
  settings: OptimiserSettings,
  inputs: StepInputs,
): Update[] {
  const moving = movingParameters(parameters, settings);
  if (moving.length === 0) return [];
  const nodes = new Arithmetic(sink, "update");
  const rule = ruleOf(nodes, settings.method, inputs);
  const clip = settings.clipNorm === null
    ? undefined
    : clipFactor(nodes, moving, settings.clipNorm);
  return moving.map(({ name, gradient, rate, weightDecay }) => ({
    parameter: name,
    ...rule(name, clip === undefined ? gradient : nodes.mul(gradient, clip), rate, weightDecay),
  }));
}

type Rule = (
  weight: string,
  gradient: string,
  rate: number,
  weightDecay: number,
) => Omit<Update, "parameter">;

function ruleOf(nodes: Arithmetic, method: Method, inputs: StepInputs): Rule {
  return method.name === "sgd" ? sgd(nodes, method, inputs) : adam(nodes, method, inputs);
}

/**
 * v <- momentum v + g + decay w, then w <- w - rate v; Nesterov: w <- w - rate (g + decay w + momentum v).
 *
 * Passes over memory: a fused kernel would need 5 (read w, v, g; write w, v). Each sum of a scaled
 * tensor is two nodes, 2 + 3 passes: 15 with momentum and decay, 10 with one of them, 5 with none.
 */
function sgd(
  nodes: Arithmetic,
  { momentum, nesterov }: Extract<Method, { name: "sgd" }>,
  { learningRate }: StepInputs,
): Rule {
  return (weight, gradient, rate, weightDecay) => {
    const g = decayed(nodes, gradient, weight, weightDecay);
    const moved = (direction: string) =>
      nodes.sub(weight, nodes.mul(direction, nodes.scaled(learningRate, rate)));
    if (momentum === 0) return { output: moved(g), moments: [] };
    const name = `${weight}/velocity`;
    const velocity = nodes.add(nodes.scaled(name, momentum), g);
    const direction = nesterov ? nodes.add(nodes.scaled(velocity, momentum), g) : velocity;
    return { output: moved(direction), moments: [{ name, output: velocity }] };
  };
}

/**
 * m <- b1 m + (1 - b1) g, s <- b2 s + (1 - b2) g^2, and w <- w - rate M / (sqrt(S) + epsilon) with
 * M = m / (1 - b1^t), S = s / (1 - b2^t) (Kingma and Ba 2015, algorithm 1). Both corrections are brought
 * to the scalars. Adam adds decay w to g; AdamW first shrinks w by rate * decay.
 */
function adam(
  nodes: Arithmetic,
  { name: method, beta1, beta2, epsilon }: Extract<Method, { name: "adam" | "adamw" }>,
  { learningRate, step }: StepInputs,
): Rule {
  const root = nodes.sqrt(nodes.oneMinusPower(beta2, step));
  const correction = nodes.div(root, nodes.oneMinusPower(beta1, step));
  const floor = nodes.scaled(root, epsilon);
  return (weight, gradient, rate, weightDecay) => {
    const g = method === "adam" ? decayed(nodes, gradient, weight, weightDecay) : gradient;
    const [firstName, secondName] = [`${weight}/first`, `${weight}/second`];
    const first = nodes.add(nodes.scaled(firstName, beta1), nodes.scaled(g, 1 - beta1));
    const square = nodes.mul(g, g);
    const second = nodes.add(nodes.scaled(secondName, beta2), nodes.scaled(square, 1 - beta2));
    const stepSize = nodes.scaled(learningRate, rate);
    const direction = nodes.div(first, nodes.add(nodes.sqrt(second), floor));
    const change = nodes.mul(direction, nodes.mul(stepSize, correction));
    const start = method === "adamw" && weightDecay !== 0
      ? nodes.mul(weight, nodes.sub(nodes.scalar(1), nodes.scaled(stepSize, weightDecay)))
      : weight;
    return {
      output: nodes.sub(start, change),
      moments: [{ name: firstName, output: first }, { name: secondName, output: second }],
    };
  };
}

/** The gradient plus decay w. */
function decayed(nodes: Arithmetic, gradient: string, weight: string, weightDecay: number): string {
  return weightDecay === 0 ? gradient : nodes.add(nodes.scaled(weight, weightDecay), gradient);
}

/** min(1, largest / (norm + 1e-6)) with the norm over all gradients together. */
function clipFactor(
  nodes: Arithmetic,
  moving: readonly UpdatedParameter[],
  largest: number,
): string {
  const norm = nodes.sqrt(
    moving.map(({ gradient, dims }) => nodes.sumOfSquares(gradient, dims.length)).reduce(nodes.add),
  );
  const factor = nodes.div(nodes.scalar(largest), nodes.add(norm, nodes.scalar(NORM_FLOOR)));
  return nodes.min(factor, nodes.scalar(1));
}
