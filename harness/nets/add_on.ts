/**
 * The add-on layers between a backbone and the prototypes (Chen et al. 2019, section 2.1).
 *
 * @module
 */
import type { GraphBuilder } from "../graph/mod.ts";
import type { Initialiser } from "./initialise.ts";

/** Begins the names of the add-on layers' weights, as in the authors' code. */
export const ADD_ON = "add_on_layers.";

/** The add-on layers' output [N, D, height, width]. */
export const LATENT = "latent";

/** What the add-on layers look like. */
export interface AddOn {
  /**
   * `regular`: two 1 x 1 convolutions, C to D and D to D, with a ReLU between. `bottleneck`: pairs of
   * 1 x 1 convolutions that halve the channels until D is reached.
   */
  readonly kind: "regular" | "bottleneck";
  /** D, channels of a latent patch. */
  readonly depth: number;
  /** What ends it: the original's sigmoid, or a ReLU. */
  readonly end: "sigmoid" | "relu";
}

/**
 * Adds the layers, named as in the authors' code; weights are Kaiming normal by fan-out, biases 0.
 *
 * @returns {@link LATENT}.
 */
export function addOnLayers(
  graph: GraphBuilder,
  init: Initialiser,
  x: string,
  channels: number,
  { kind, depth, end }: AddOn,
): string {
  const widths = kind === "regular"
    ? [[channels, depth], [depth, depth]]
    : halving(channels, depth);
  let value = x;
  for (const [at, [from, to]] of widths.entries()) {
    const name = `${ADD_ON}${2 * at}`;
    init.kaimingNormalFanOut(`${name}.weight`, [to!, from!, 1, 1]);
    init.constant(`${name}.bias`, [to!], 0);
    value = graph.conv(name, value, { kernel: 1 }, true);
    const isLast = at === widths.length - 1;
    value = isLast
      ? graph.add(LATENT, end === "sigmoid" ? "Sigmoid" : "Relu", [value])
      : graph.add(`${ADD_ON}${2 * at + 1}`, "Relu", [value]);
  }
  return value;
}

/** Channels before and after each convolution of a bottleneck; there is at least one pair. */
function halving(channels: number, depth: number): number[][] {
  const widths: number[][] = [];
  let current = channels;
  do {
    const to = Math.max(depth, Math.floor(current / 2));
    widths.push([current, to], [to, to]);
    current = Math.floor(current / 2);
  } while (current > depth);
  return widths;
}
