/**
 * Formulas as nodes of a graph: each operation gives the name of the value that it makes, and an
 * operation on the same values is added once.
 *
 * @module
 */
import { type Attribute, int, ints, type Tensor } from "../graph/mod.ts";

/** Where nodes go; a GraphBuilder is one. */
export interface NodeSink {
  /** Adds an operation with one output, and gives the output's name. */
  add(
    name: string,
    op: string,
    inputs: readonly string[],
    attributes?: Readonly<Record<string, Attribute>>,
  ): string;
  /** Adds a constant, and gives its name. */
  constant(name: string, tensor: Tensor): string;
}

/** Coefficients 1 / (k + 1)! of (exp(x) - 1) / x, highest power first: 1e-9 of it for |x| <= 1/2. */
const EXPM1_SERIES = [362880, 40320, 5040, 720, 120, 24, 6, 2, 1].map((factorial) => 1 / factorial);

/** Adds elementwise float32 operations, which broadcast scalars (shape []). */
export class Arithmetic {
  readonly #sink: NodeSink;
  readonly #prefix: string;
  readonly #known = new Map<string, string>();

  /** @param prefix Begins the name of each node and constant. */
  constructor(sink: NodeSink, prefix: string) {
    this.#sink = sink;
    this.#prefix = prefix;
  }

  add = (a: string, b: string): string => this.#node("Add", [a, b]);
  sub = (a: string, b: string): string => this.#node("Sub", [a, b]);
  mul = (a: string, b: string): string => this.#node("Mul", [a, b]);
  div = (a: string, b: string): string => this.#node("Div", [a, b]);
  min = (a: string, b: string): string => this.#node("Min", [a, b]);
  sqrt = (x: string): string => this.#node("Sqrt", [x]);

  /** A number, shape []. */
  scalar(value: number): string {
    return this.#once(
      `scalar ${value}`,
      (name) =>
        this.#sink.constant(name, { type: "float32", dims: [], data: Float32Array.of(value) }),
    );
  }

  /** x times a number. */
  scaled(x: string, factor: number): string {
    return factor === 1 ? x : this.mul(x, this.scalar(factor));
  }

  /** Sum of the squares of all values, shape []. */
  sumOfSquares(x: string, rank: number): string {
    // The first axis is left for last: shorter float32 sums err less, and rows run in parallel.
    const rows = rank < 2 ? x : this.#node("ReduceSumSquare", [x], {
      axes: ints(Array.from({ length: rank - 1 }, (_, at) => at + 1)),
      keepdims: int(0),
    });
    const op = rank < 2 ? "ReduceSumSquare" : "ReduceSum";
    return this.#node(op, [rows], { keepdims: int(0) });
  }

  /**
   * 1 - base^exponent for a base in [0, 1) and an exponent from 0 on. Near 0, where the difference of
   * float32 numbers has lost its digits (1 - 0.999 is off by 1e-5 of itself), a Taylor series.
   */
  oneMinusPower(base: number, exponent: string): string {
    const x = this.mul(exponent, this.scalar(Math.log(base)));
    const [highest, ...lower] = EXPM1_SERIES.map((value) => this.scalar(value));
    const quotient = lower.reduce((sum, next) => this.add(this.mul(sum, x), next), highest!);
    const isFar = this.#node("Less", [x, this.scalar(-0.5)]);
    const far = this.sub(this.#node("Exp", [x]), this.scalar(1));
    return this.#node("Neg", [this.#node("Where", [isFar, far, this.mul(quotient, x)])]);
  }

  #node(op: string, inputs: readonly string[], attributes: Record<string, Attribute> = {}): string {
    return this.#once(
      JSON.stringify([op, inputs, attributes]),
      (name) => this.#sink.add(`${name}/${op}`, op, inputs, attributes),
    );
  }

  #once(key: string, make: (name: string) => string): string {
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const made = make(`${this.#prefix}/${this.#known.size}`);
    this.#known.set(key, made);
    return made;
  }
}
