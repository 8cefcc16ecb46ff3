/**
 * What a gradient rule works with: the shapes of the forward pass and a place for new nodes.
 *
 * @module
 */
import type { GraphBuilder } from "../builder.ts";
import {
  type Attribute,
  type Graph,
  type GraphNode,
  ints,
  intsAttribute,
  type Tensor,
} from "../graph.ts";
import { integersOf, normalAxes, type Shape, sizeOf } from "./shapes.ts";
import type { MetInputs } from "./window.ts";

/** Gradient of the loss by each input of a node; undefined where there is none or none is wanted. */
export type InputGradients = readonly (string | undefined)[];

/**
 * The gradient rule of an operator.
 *
 * @param node The node of the forward pass.
 * @param gradient Gradient of the loss by the node's first output; it has that output's shape.
 */
export type GradientRule = (node: GraphNode, gradient: string, tape: Tape) => InputGradients;

/** Adds nodes and knows shapes. All values it makes are float32 unless said otherwise. */
export class Tape {
  readonly #builder: GraphBuilder;
  readonly #shapes: Map<string, Shape>;
  readonly #wanted: ReadonlySet<string>;
  readonly #constants: ReadonlyMap<string, Tensor>;
  /** What each transposed value was made from. */
  readonly #transposed = new Map<string, { x: string; order: readonly number[] }>();
  /** Whether the runtime gives the positions of the maxima of a pooling. */
  readonly poolIndices: boolean;
  #count = 0;

  constructor(
    builder: GraphBuilder,
    shapes: ReadonlyMap<string, Shape>,
    wanted: ReadonlySet<string>,
    { initializers, nodes }: Graph,
    poolIndices: boolean,
  ) {
    this.poolIndices = poolIndices;
    this.#builder = builder;
    this.#shapes = new Map(shapes);
    this.#wanted = wanted;
    this.#constants = initializers;
    for (const node of nodes) {
      const order = node.op === "Transpose" ? intsAttribute(node, "perm") : undefined;
      if (order) this.#transposed.set(node.outputs[0]!, { x: node.inputs[0]!, order });
    }
  }

  /** Whether the gradient by this value is of use. */
  wants(value: string | undefined): boolean {
    return value !== undefined && this.#wanted.has(value);
  }

  /** Shape of a value of the forward pass. */
  shape(value: string): Shape {
    return this.#shapes.get(value)!;
  }

  /** The integers of a constant input, or undefined where it is not given. */
  integers(value: string | undefined): readonly number[] | undefined {
    return integersOf(this.#constants.get(value ?? ""));
  }

  /** Adds a node with one output and returns its name. */
  add(op: string, inputs: readonly string[], attributes: Record<string, Attribute> = {}): string {
    return this.#builder.add(this.#name(op), op, inputs, attributes);
  }

  /** Adds a node with two outputs and returns the name of the second. */
  addWithSecondOutput(
    op: string,
    inputs: readonly string[],
    attributes: GraphNode["attributes"],
  ): string {
    const name = this.#name(op);
    const outputs = [name, `${name}/second`];
    this.#builder.addNode({ name, op, domain: "", inputs, outputs, attributes });
    return outputs[1]!;
  }

  /** A float32 scalar. */
  scalar(value: number): string {
    const name = this.#name("scalar");
    return this.#builder.constant(name, {
      type: "float32",
      dims: [],
      data: Float32Array.of(value),
    });
  }

  /** A list of int64. */
  list(values: readonly number[]): string {
    const name = this.#name("list");
    return this.#builder.constant(name, {
      type: "int64",
      dims: [values.length],
      data: BigInt64Array.from(values, BigInt),
    });
  }

  /** A float32 constant. */
  constant(dims: Shape, data: Float32Array): string {
    return this.#builder.constant(this.#name("constant"), { type: "float32", dims, data });
  }

  reshape(x: string, shape: Shape): string {
    return this.add("Reshape", [x, this.list(shape)]);
  }

  /** Axis i of the result is axis order[i] of x. Taking a transposition back gives the value before it. */
  transpose(x: string, order: readonly number[]): string {
    const made = this.#transposed.get(x);
    if (made && order.every((axis, i) => made.order[axis] === i)) return made.x;
    const name = this.add("Transpose", [x], { perm: ints(order) });
    this.#transposed.set(name, { x, order });
    return name;
  }

  /** Whether a value comes from a transposition. */
  isTransposed(value: string): boolean {
    return this.#transposed.has(value);
  }

  sum(x: string, axes: readonly number[], keepdims: boolean): string {
    return this.add("ReduceSum", [x, this.list(axes)], {
      keepdims: { kind: "int", value: keepdims ? 1 : 0 },
    });
  }

  /** x[start : end : step] along each axis given. */
  slice(
    x: string,
    axes: readonly number[],
    starts: readonly number[],
    ends: readonly number[],
    steps: readonly number[] = axes.map(() => 1),
  ): string {
    return this.add("Slice", [
      x,
      this.list(starts),
      this.list(ends),
      this.list(axes),
      this.list(steps),
    ]);
  }

  /** A value around, 0 unless said otherwise: so many before each axis, so many after. */
  pad(x: string, before: readonly number[], after: readonly number[], value = 0): string {
    if ([...before, ...after].every((count) => count === 0)) return x;
    const filling = value === 0 ? [] : [this.scalar(value)];
    return this.add("Pad", [x, this.list([...before, ...after]), ...filling]);
  }

  /** The elements of x [B, C, H, W] that one offset of a window meets. */
  sliceWindow(x: string, { starts, ends, steps }: MetInputs): string {
    return this.slice(x, [2, 3], starts, ends, steps);
  }

  /** The reverse of `sliceWindow`: zeros wherever the offset meets nothing. */
  unsliceWindow(
    x: string,
    { starts, ends, steps }: MetInputs,
    full: Shape,
    output: readonly number[],
  ): string {
    const size = [...full.slice(0, 2), ...output];
    let spread = x;
    for (const i of [0, 1]) {
      spread = this.spread(spread, size, 2 + i, steps[i]!);
      size[2 + i] = ends[i]! - starts[i]!;
    }
    const after = ends.map((end, i) => full[2 + i]! - end);
    return this.pad(spread, [0, 0, ...starts], [0, 0, ...after]);
  }

  /**
   * Puts step - 1 zeros between neighbours along an axis.
   *
   * @param shape Shape of x.
   */
  spread(x: string, shape: Shape, axis: number, step: number): string {
    if (step === 1) return x;
    const apart = this.add("Unsqueeze", [x, this.list([axis + 1])]);
    const none = Array.from({ length: shape.length + 1 }, () => 0);
    const padded = this.pad(apart, none, none.map((_, i) => i === axis + 1 ? step - 1 : 0));
    const merged = this.reshape(padded, shape.map((size, i) => i === axis ? size * step : size));
    return this.slice(merged, [axis], [0], [(shape[axis]! - 1) * step + 1]);
  }

  /** 1 where a condition holds, 0 elsewhere. */
  indicator(condition: string): string {
    return this.add("Cast", [condition], { to: { kind: "int", value: 1 } });
  }

  /** Sums a gradient over the axes along which a value of the given shape was broadcast. */
  unbroadcast(gradient: string, from: Shape, to: Shape): string {
    const lead = from.length - to.length;
    const axes = from.flatMap((size, axis) => {
      const own = axis < lead ? 1 : to[axis - lead]!;
      return own === 1 && (size !== 1 || axis < lead) ? [axis] : [];
    });
    if (axes.length === 0) return gradient;
    const summed = this.sum(gradient, axes, true);
    return lead === 0 ? summed : this.reshape(summed, to);
  }

  /** Puts axes of size 1 back where a reduction took them away. */
  restoreAxes(x: string, shape: Shape, axes: readonly number[]): string {
    const gone = new Set(normalAxes(axes, shape.length));
    return this.reshape(x, shape.map((size, axis) => gone.has(axis) ? 1 : size));
  }

  /** A value of one element count, everywhere. */
  filled(shape: Shape, value: number): string {
    return this.constant(shape, new Float32Array(sizeOf(shape)).fill(value));
  }

  #name(kind: string): string {
    return `gradient/${this.#count++}/${kind}`;
  }
}
