/**
 * Squared distances between latent patches and prototypes (Chen et al. 2019, section 2.1) as nodes of a
 * graph.
 *
 * @module
 */
import { type GraphBuilder, int, ints } from "../graph/mod.ts";

/** Initializer with the prototypes [P, D, 1, 1]. */
export const PROTOTYPES = "prototypes";

/** Squared distance of each prototype to each patch, [N, P, height, width]. */
export const DISTANCES = "distances";

/** Squared distance of each prototype to the nearest patch of the image, [N, P]. */
export const MIN_DISTANCES = "min_distances";

/**
 * sum z^2 - 2 sum z p + sum p^2, at least 0: products of matrices, which cancel near 0 (about 2e-5 for 128
 * channels), good enough to train by. What is the same at all cells is added after the least cell is
 * known, so that few operations pass over the whole map, forward and backward.
 */
export function expandedDistances(graph: GraphBuilder, latent: string): void {
  const sums = new DistanceSums(graph, "distances");
  const opposite = sums.mul(PROTOTYPES, sums.scalar("minus_two", -2));
  const products = graph.add("distances/products", "Conv", [latent, opposite]);
  const squares = sums.patches("squares", sums.mul(latent, latent));
  const partial = sums.add(products, squares);
  const least = graph.add("distances/least", "ReduceMin", [partial], {
    axes: ints([2, 3]),
    keepdims: int(1),
  });
  const lengths = sums.prototypes("lengths", sums.mul(PROTOTYPES, PROTOTYPES));
  graph.add(DISTANCES, "Relu", [sums.add(partial, lengths)]);
  const nearest = graph.add("distances/nearest", "Relu", [sums.add(least, lengths)]);
  graph.add(MIN_DISTANCES, "Flatten", [nearest]);
}

/**
 * The same without cancellation. Each z and p is a multiple of 2^-b plus a rest below 2^-b. The squared
 * distances of the multiples come out of the expansion without any rounding, because all its terms are
 * multiples of 2^-2b whose sums fit into the 24 bits of a float32; what the rests add,
 * sum zl (zh + z) + sum pl (ph + p) - 2 sum (zh pl + zl p), is small, and so are its roundings (3e-8 for
 * 128 channels in [0, 1]). At the nearest patch, which decides the logits, sum (z - p)^2 is then summed
 * directly: exact to float32's relative 1e-7, and 0 for a prototype's own patch.
 *
 * The memory is that of the distances and of one patch a prototype, [N, P, D].
 */
export function exactDistances(graph: GraphBuilder, latent: string, depth: number): void {
  const sums = new DistanceSums(graph, "distances");
  const bits = Math.floor((FLOAT32_BITS - Math.ceil(Math.log2(depth))) / 2);
  const unit = sums.scalar("unit", 2 ** bits);
  const size = sums.scalar("size", 2 ** -bits);
  const split = (x: string) => {
    const whole = graph.add(`${x}/whole`, "Floor", [sums.mul(x, unit)]);
    const high = sums.mul(whole, size);
    return [high, graph.add(`${x}/low`, "Sub", [x, high])] as const;
  };
  const [zh, zl] = split(latent);
  const [ph, pl] = split(PROTOTYPES);
  const coarse = sums.expansion(
    "coarse",
    sums.patches("coarse/squares", sums.mul(zh, zh)),
    zh,
    ph,
    sums.prototypes("coarse/lengths", sums.mul(ph, ph)),
  );
  const rest = sums.expansion(
    "rest",
    sums.patches("rest/squares", sums.mul(zl, sums.add(zh, latent))),
    graph.add("distances/patch_parts", "Concat", [zh, zl], { axis: int(1) }),
    graph.add("distances/prototype_parts", "Concat", [pl, PROTOTYPES], { axis: int(1) }),
    sums.prototypes("rest/lengths", sums.mul(pl, sums.add(ph, PROTOTYPES))),
  );
  graph.add(DISTANCES, "Relu", [sums.add(coarse, rest)]);
  const cells = sums.shape("cells", [0, 0, -1]);
  const flat = graph.add("distances/flat", "Reshape", [DISTANCES, cells]);
  const nearest = graph.add("distances/nearest", "ArgMin", [flat], { axis: int(2) });
  const patches = graph.add("distances/patches", "Transpose", [
    graph.add("distances/latent", "Reshape", [latent, cells]),
  ], { perm: ints([0, 2, 1]) });
  const chosen = graph.add("distances/chosen", "GatherND", [patches, nearest], {
    batch_dims: int(1),
  });
  const vectors = graph.add("distances/vectors", "Reshape", [
    PROTOTYPES,
    sums.shape("rows", [1, -1, depth]),
  ]);
  const difference = graph.add("distances/difference", "Sub", [chosen, vectors]);
  graph.add(MIN_DISTANCES, "ReduceSum", [
    sums.mul(difference, difference),
    sums.shape("depth_axis", [2]),
  ], { keepdims: int(0) });
}

/** Bits of a float32's significand. */
const FLOAT32_BITS = 24;

/** Sums over the channels of patches and prototypes. */
class DistanceSums {
  readonly #graph: GraphBuilder;
  readonly #prefix: string;

  constructor(graph: GraphBuilder, prefix: string) {
    this.#graph = graph;
    this.#prefix = prefix;
    this.shape("channels", [1]);
    this.shape("by_prototype", [1, -1, 1, 1]);
    this.scalar("two", 2);
  }

  add = (a: string, b: string) => this.#graph.add(`${a}+${b}`, "Add", [a, b]);
  mul = (a: string, b: string) => this.#graph.add(`${a}*${b}`, "Mul", [a, b]);

  scalar(name: string, value: number): string {
    return this.#graph.weight(this.#named(name), [], Float32Array.of(value));
  }

  shape(name: string, values: readonly number[]): string {
    const data = BigInt64Array.from(values, BigInt);
    return this.#graph.constant(this.#named(name), { type: "int64", dims: [values.length], data });
  }

  /** [N, D, h, w] to [N, 1, h, w]. */
  patches(name: string, values: string): string {
    const inputs = [values, this.#named("channels")];
    return this.#graph.add(this.#named(name), "ReduceSum", inputs, { keepdims: int(1) });
  }

  /** [P, D, 1, 1] to [1, P, 1, 1]. */
  prototypes(name: string, values: string): string {
    const sum = this.patches(`${name}/sum`, values);
    return this.#graph.add(this.#named(name), "Reshape", [sum, this.#named("by_prototype")]);
  }

  /** a [N, 1, h, w] - 2 sum over channels of x [N, C, h, w] and w [P, C, 1, 1] + b [1, P, 1, 1]. */
  expansion(name: string, a: string, x: string, w: string, b: string): string {
    const products = this.#graph.add(this.#named(`${name}/products`), "Conv", [x, w]);
    const twice = this.#graph.add(this.#named(`${name}/twice`), "Mul", [
      products,
      this.#named("two"),
    ]);
    return this.add(this.#graph.add(this.#named(`${name}/difference`), "Sub", [a, twice]), b);
  }

  #named(name: string): string {
    return `${this.#prefix}/${name}`;
  }
}
