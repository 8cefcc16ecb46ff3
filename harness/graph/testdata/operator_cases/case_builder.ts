import * as fc from "fast-check";
import { permutation, type RandomStream, randomStream } from "../../../base/mod.ts";
import type { Attribute, Graph } from "../../graph.ts";
import { GraphBuilder } from "../../builder.ts";
import { sizeOf, type Tensor64 } from "../interpret64/tensor64.ts";

/** A graph of one operator or a few, with the output `y` and values for all inputs. */
export interface OperatorCase {
  readonly graph: Graph;
  /** Values that float32 holds exactly. */
  readonly feeds: ReadonlyMap<string, Tensor64>;
  /** Inputs by which the output can be differentiated. */
  readonly wrt: readonly string[];
}

/**
 * How the elements of an input are drawn. `separated`: no two elements of a case are nearer to each
 * other than 1/128, nor is one of them to 0 than 1/256, for operators with kinks and ties.
 */
export type Distribution = "normal" | "positive" | "nonzero" | "separated";

/** How many separated values a case has. */
const SEPARATED = 512;

/** Makes one case. */
export class CaseBuilder {
  readonly graph: GraphBuilder;
  readonly #random: RandomStream;
  readonly #feeds = new Map<string, Tensor64>();
  readonly #wrt: string[] = [];
  readonly #order: Int32Array;
  #taken = 0;

  constructor(config: string, opset: number) {
    const start: Graph = { ...new GraphBuilder("case").build(), opsets: new Map([["", opset]]) };
    this.graph = new GraphBuilder(`case ${config}`, start);
    this.#random = randomStream(1, "operator case", config);
    this.#order = permutation(this.#random, SEPARATED);
  }

  /** An input to differentiate by. */
  input(name: string, dims: readonly number[], distribution: Distribution = "normal"): string {
    this.#wrt.push(name);
    return this.fixedInput(name, dims, distribution);
  }

  /** An input that is not differentiated by. */
  fixedInput(name: string, dims: readonly number[], distribution: Distribution): string {
    const data = Float64Array.from(
      { length: sizeOf(dims) },
      () => Math.fround(this.#draw(distribution)),
    );
    this.#feeds.set(name, { dims, data });
    return this.graph.input(name, dims);
  }

  /** A constant list of int64. */
  integers(name: string, values: readonly number[]): string {
    const data = BigInt64Array.from(values, BigInt);
    return this.graph.constant(name, { type: "int64", dims: [values.length], data });
  }

  /** Adds the operator whose output is `y`. */
  y(op: string, inputs: readonly string[], attributes: Readonly<Record<string, Attribute>> = {}) {
    this.graph.add("y", op, inputs, attributes);
  }

  build(): OperatorCase {
    return { graph: this.graph.build(), feeds: this.#feeds, wrt: this.#wrt };
  }

  #draw(distribution: Distribution): number {
    const { uniform, normal } = this.#random;
    if (distribution === "normal") return normal();
    if (distribution === "positive") return 0.5 + 1.5 * uniform();
    if (distribution === "nonzero") return (uniform() < 0.5 ? -1 : 1) * (0.5 + 1.5 * uniform());
    const place = this.#order[this.#taken++];
    if (place === undefined) throw new RangeError(`more than ${SEPARATED} separated values`);
    return (place - (SEPARATED - 1) / 2) / 128;
  }
}

/** Cases made from random configurations; a counterexample is shown by its configuration. */
export function operatorCases<Config>(
  configs: fc.Arbitrary<Config>,
  make: (config: Config, builder: CaseBuilder) => void,
  opset = 17,
): fc.Arbitrary<OperatorCase> {
  return configs.map((config) => {
    const name = JSON.stringify(config);
    const builder = new CaseBuilder(name, opset);
    make(config, builder);
    return Object.assign(builder.build(), { [fc.toStringMethod]: () => name });
  });
}

/** A small size. */
export const size = fc.integer({ min: 1, max: 3 });

/** Sizes of a tensor with so many axes. */
export function dimsOf(minLength: number, maxLength: number): fc.Arbitrary<number[]> {
  return fc.array(size, { minLength, maxLength });
}

/** Two or more shapes that broadcast, none of them necessarily of the full shape. */
export function broadcastShapes(count: number, maxRank: number): fc.Arbitrary<number[][]> {
  return dimsOf(0, maxRank).chain((dims) =>
    fc.tuple(
      ...Array.from({ length: count }, () =>
        fc.tuple(
          fc.integer({ min: 0, max: dims.length }),
          fc.array(fc.boolean(), { minLength: dims.length, maxLength: dims.length }),
        ).map(([lead, single]) => dims.map((size, axis) => single[axis] ? 1 : size).slice(lead))),
    )
  );
}
