/**
 * The optimiser's update as nodes of a graph, by the formulas of PyTorch's torch.optim.
 *
 * @module
 */
import { didYouMean, UsageError } from "../base/mod.ts";
import { type Attribute, ints, type Tensor } from "../graph/mod.ts";
import type { Method, OptimiserSettings, ParameterGroup } from "./optimiser.ts";

/** Where nodes go; a GraphBuilder is one. */
export interface NodeSink {
  add(
    name: string,
    op: string,
    inputs: readonly string[],
    attributes?: Readonly<Record<string, Attribute>>,
  ): string;
  constant(name: string, tensor: Tensor): string;
}

/** A parameter and its gradient. */
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
  /** Inputs `<parameter>/<moment>` of the step, and the values with their successors. */
  readonly moments: readonly { readonly name: string; readonly output: string }[];
}

/** Scalar inputs of the step. */
export interface StepInputs {
  readonly learningRate: string;
  /** Number of this step, from 1 on. */
  readonly step: string;
}

/** Keeps the norm of a vanishing gradient from dividing by zero, as torch's clip_grad_norm_. */
const NORM_FLOOR = 1e-6;

/**
 * Adds the update of every parameter that is not frozen.
 *
 * @throws {UsageError} When a group's prefix fits no parameter.
 */
export function addUpdates(
  sink: NodeSink,
  parameters: readonly UpdatedParameter[],
  settings: OptimiserSettings,
  inputs: StepInputs,
): Update[] {
  requirePrefixes(parameters, settings.groups);
  const moving = parameters
    .map((parameter) => ({ ...parameter, ...groupOf(parameter.name, settings) }))
    .filter(({ rate }) => rate !== 0);
  const nodes = new Arithmetic(sink);
  const clip = settings.clipNorm === null
    ? undefined
    : clipFactor(nodes, moving.map(({ gradient }) => gradient), settings.clipNorm);
  const update = updateOf(nodes, settings.method, inputs);
  return moving.map(({ name, gradient, rate, weightDecay }) => {
    const clipped = clip === undefined ? gradient : nodes.mul(gradient, clip);
    return { parameter: name, ...update(name, clipped, rate, weightDecay) };
  });
}

type UpdateRule = (
  weight: string,
  gradient: string,
  rate: number,
  weightDecay: number,
) => Omit<Update, "parameter">;

function updateOf(nodes: Arithmetic, method: Method, inputs: StepInputs): UpdateRule {
  return method.name === "sgd"
    ? sgd(nodes, method, inputs)
    : adam(nodes, method, inputs, method.name === "adamw");
}

/**
 * v = momentum v + g + decay w, then w -= rate v (Nesterov: w -= rate (g + momentum v)). Six passes that
 * read or write a whole weight are the floor of one fused kernel; as nodes there are 15.
 */
function sgd(
  nodes: Arithmetic,
  { momentum, nesterov }: Extract<Method, { name: "sgd" }>,
  { learningRate }: StepInputs,
): UpdateRule {
  return (weight, gradient, rate, weightDecay) => {
    const g = nodes.decayed(gradient, weight, weightDecay);
    const step = nodes.scaled(learningRate, rate);
    if (momentum === 0) return { output: nodes.sub(weight, nodes.mul(g, step)), moments: [] };
    const name = `${weight}/velocity`;
    const velocity = nodes.add(nodes.scaled(name, momentum), g);
    const direction = nesterov ? nodes.add(g, nodes.scaled(velocity, momentum)) : velocity;
    return {
      output: nodes.sub(weight, nodes.mul(direction, step)),
      moments: [{ name, output: velocity }],
    };
  };
}

/**
 * m = b1 m + (1 - b1) g, s = b2 s + (1 - b2) g^2, then
 * w -= rate / (1 - b1^t) m / (sqrt(s) / sqrt(1 - b2^t) + epsilon). AdamW first shrinks w by rate decay.
 */
function adam(
  nodes: Arithmetic,
  { beta1, beta2, epsilon }: Extract<Method, { name: "adam" | "adamw" }>,
  { learningRate, step }: StepInputs,
  decoupled: boolean,
): UpdateRule {
  const correction1 = nodes.sub(nodes.scalar(1), nodes.pow(nodes.scalar(beta1), step));
  const correction2 = nodes.sub(nodes.scalar(1), nodes.pow(nodes.scalar(beta2), step));
  const root2 = nodes.sqrt(correction2);
  return (weight, gradient, rate, weightDecay) => {
    const g = decoupled ? gradient : nodes.decayed(gradient, weight, weightDecay);
    const rated = nodes.scaled(learningRate, rate);
    const [firstName, secondName] = [`${weight}/first`, `${weight}/second`];
    const first = nodes.add(nodes.scaled(firstName, beta1), nodes.scaled(g, 1 - beta1));
    const second = nodes.add(
      nodes.scaled(secondName, beta2),
      nodes.scaled(nodes.mul(g, g), 1 - beta2),
    );
    const size = nodes.add(nodes.div(nodes.sqrt(second), root2), nodes.scalar(epsilon));
    const change = nodes.mul(nodes.div(first, size), nodes.div(rated, correction1));
    const start = decoupled && weightDecay !== 0
      ? nodes.mul(weight, nodes.sub(nodes.scalar(1), nodes.scaled(rated, weightDecay)))
      : weight;
    return {
      output: nodes.sub(start, change),
      moments: [
        { name: firstName, output: first },
        { name: secondName, output: second },
      ],
    };
  };
}

/** min(1, largest / (norm + 1e-6)) with the norm over all gradients together. */
function clipFactor(nodes: Arithmetic, gradients: readonly string[], largest: number): string {
  const squares = gradients.map((gradient) => nodes.sumOfSquares(gradient));
  const norm = nodes.sqrt(squares.reduce((a, b) => nodes.add(a, b)));
  const factor = nodes.div(
    nodes.scalar(largest),
    nodes.add(norm, nodes.scalar(NORM_FLOOR)),
  );
  return nodes.min(factor, nodes.scalar(1));
}

function groupOf(
  name: string,
  { groups, weightDecay }: OptimiserSettings,
): { rate: number; weightDecay: number } {
  const group = groups.find(({ prefixes }) => prefixes.some((prefix) => name.startsWith(prefix)));
  return group ?? { rate: 1, weightDecay };
}

function requirePrefixes(
  parameters: readonly UpdatedParameter[],
  groups: readonly ParameterGroup[],
): void {
  const names = parameters.map(({ name }) => name);
  for (const prefix of groups.flatMap(({ prefixes }) => prefixes)) {
    if (names.some((name) => name.startsWith(prefix))) continue;
    throw new UsageError(`no parameter's name starts with "${prefix}"${didYouMean(prefix, names)}`);
  }
}

/** Names the nodes of updates one after the other. */
class Arithmetic {
  readonly #sink: NodeSink;
  readonly #scalars = new Map<number, string>();
  #count = 0;

  constructor(sink: NodeSink) {
    this.#sink = sink;
  }

  add = (a: string, b: string) => this.#node("Add", [a, b]);
  sub = (a: string, b: string) => this.#node("Sub", [a, b]);
  mul = (a: string, b: string) => this.#node("Mul", [a, b]);
  div = (a: string, b: string) => this.#node("Div", [a, b]);
  pow = (a: string, b: string) => this.#node("Pow", [a, b]);
  min = (a: string, b: string) => this.#node("Min", [a, b]);
  sqrt = (a: string) => this.#node("Sqrt", [a]);

  sumOfSquares(x: string): string {
    const flat = this.#node("Reshape", [x, this.#list("flat", [-1])]);
    return this.#node("ReduceSumSquare", [flat], {
      axes: ints([0]),
      keepdims: { kind: "int", value: 0 },
    });
  }

  scalar(value: number): string {
    const known = this.#scalars.get(value);
    if (known !== undefined) return known;
    const name = this.#sink.constant(`update/scalar${this.#scalars.size}`, {
      type: "float32",
      dims: [],
      data: Float32Array.of(value),
    });
    this.#scalars.set(value, name);
    return name;
  }

  /** x times a number. */
  scaled(x: string, factor: number): string {
    return factor === 1 ? x : this.mul(x, this.scalar(factor));
  }

  /** Gradient plus weight decay. */
  decayed(gradient: string, weight: string, weightDecay: number): string {
    return weightDecay === 0 ? gradient : this.add(gradient, this.scaled(weight, weightDecay));
  }

  #list(kind: string, values: readonly number[]): string {
    return this.#sink.constant(`update/${this.#count++}/${kind}`, {
      type: "int64",
      dims: [values.length],
      data: BigInt64Array.from(values, BigInt),
    });
  }

  #node(op: string, inputs: readonly string[], attributes: Record<string, Attribute> = {}): string {
    return this.#sink.add(`update/${this.#count++}/${op}`, op, inputs, attributes);
  }
}
