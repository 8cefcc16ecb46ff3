/**
 * Random weights as torchvision draws them, each tensor from a stream of its own name.
 *
 * @module
 */
import { type RandomStream, randomStream } from "../base/mod.ts";
import type { GraphBuilder } from "../graph/mod.ts";

/** Draws the weights of one network. */
export class Initialiser {
  readonly #builder: GraphBuilder;
  readonly #seed: number;

  /** @param seed Two networks with the same names and seed have the same weights. */
  constructor(builder: GraphBuilder, seed: number) {
    this.#builder = builder;
    this.#seed = seed;
  }

  /** Normal with variance 2 / fan-out: `kaiming_normal_(mode="fan_out")`, He et al. 2015. */
  kaimingNormalFanOut(name: string, dims: readonly [number, number, number, number]): string {
    const fanOut = dims[0] * dims[2] * dims[3];
    return this.normal(name, dims, Math.sqrt(2 / fanOut));
  }

  /**
   * Normal with variance 2 / fan-in: `kaiming_normal_(mode="fan_in")`, He et al. 2015, Equation 10.
   *
   * @param dims [out, in, height, width] of a convolution or [out, in] of a dense layer.
   */
  kaimingNormalFanIn(name: string, dims: readonly [number, number, ...number[]]): string {
    return this.normal(name, dims, Math.sqrt(2 / size(dims.slice(1))));
  }

  /** Uniform in +-1/sqrt(fan-in): PyTorch's default for weights and biases alike. */
  uniformFanIn(name: string, dims: readonly number[], fanIn: number): string {
    const bound = 1 / Math.sqrt(fanIn);
    return this.#draw(name, dims, (random) => bound * (2 * random.uniform() - 1));
  }

  /** Uniform in [0, 1). */
  uniform(name: string, dims: readonly number[]): string {
    return this.#draw(name, dims, (random) => random.uniform());
  }

  /** Normal with mean 0. */
  normal(name: string, dims: readonly number[], deviation: number): string {
    return this.#draw(name, dims, (random) => deviation * random.normal());
  }

  /** The same value everywhere. */
  constant(name: string, dims: readonly number[], value: number): string {
    return this.#builder.weight(name, dims, new Float32Array(size(dims)).fill(value));
  }

  #draw(name: string, dims: readonly number[], next: (random: RandomStream) => number): string {
    const random = randomStream(this.#seed, "initial weights", name);
    const data = new Float32Array(size(dims));
    for (let i = 0; i < data.length; i++) data[i] = next(random);
    return this.#builder.weight(name, dims, data);
  }
}

function size(dims: readonly number[]): number {
  return dims.reduce((product, value) => product * value, 1);
}
