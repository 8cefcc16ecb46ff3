/**
 * The terms that ProtoPNet adds to the cross-entropy (Chen et al. 2019, section 2.2; section 1.2 of the
 * protocol).
 *
 * @module
 */
import { int, ints } from "../../graph/mod.ts";
import { LAST_LAYER, MIN_DISTANCES } from "../../nets/mod.ts";
import type { LossContext, LossTerm } from "../../train/mod.ts";
import type { LossCoefficients } from "./settings.ts";

/** Names in the history. */
export const CLUSTER = "cluster";
export const SEPARATION = "separation";
export const AVERAGE_SEPARATION = "averageSeparation";
export const L1 = "l1";

/**
 * The terms of warm-up and joint training, with d the distance of each prototype to the nearest patch of
 * an image and the mean over the batch:
 *
 * - cluster: mean of the least d of the prototypes of the image's class;
 * - separation: mean of the least d of all others, subtracted from the loss;
 * - average separation: mean over the others instead of the least, told only;
 * - l1, see {@linkcode lastLayerTerm}.
 *
 * @param classOf Class of each prototype.
 * @param depth D, the largest possible d of latent vectors in [0, 1].
 */
export function prototypeTerms(
  classOf: Int32Array,
  classes: number,
  depth: number,
  { cluster, separation, l1 }: LossCoefficients,
): LossTerm[] {
  const maskOf = (context: LossContext, isOwn: boolean) => {
    const name = `loss/${isOwn ? "own" : "other"}_prototypes`;
    const identity = context.graph.weight(
      `${name}/classes`,
      [classes, classOf.length],
      connections(classOf, classes, isOwn),
    );
    return context.graph.add(name, "MatMul", [context.targets, identity]);
  };
  /** Mean of the least d where the mask is 1: max_dist - max((max_dist - d) mask), as the authors have it. */
  const least = (context: LossContext, name: string, isOwn: boolean) => {
    const { graph, batch } = context;
    const at = `loss/${name}`;
    const most = graph.weight(`${at}/largest`, [], Float32Array.of(depth));
    const closeness = graph.add(`${at}/closeness`, "Mul", [
      graph.add(`${at}/inverted`, "Sub", [most, MIN_DISTANCES]),
      maskOf(context, isOwn),
    ]);
    const nearest = graph.add(`${at}/nearest`, "ReduceMax", [closeness], {
      axes: ints([1]),
      keepdims: int(0),
    });
    const distances = graph.add(`${at}/distances`, "Sub", [most, nearest]);
    return meanOf(context, at, distances, batch);
  };
  return [
    { name: CLUSTER, weight: cluster, value: (context) => least(context, CLUSTER, true) },
    {
      name: SEPARATION,
      weight: -separation,
      value: (context) => least(context, SEPARATION, false),
    },
    {
      name: AVERAGE_SEPARATION,
      weight: 0,
      value(context) {
        const { graph, batch } = context;
        const at = `loss/${AVERAGE_SEPARATION}`;
        // Each image sums over as many prototypes as are not of its class.
        const mask = `loss/other_prototypes`;
        const others = (name: string, values: string) =>
          graph.add(`${at}/${name}`, "ReduceSum", [
            values,
            graph.constant(`${at}/${name}/axis`, {
              type: "int64",
              dims: [1],
              data: BigInt64Array.of(1n),
            }),
          ], { keepdims: int(0) });
        const sum = others("sum", graph.add(`${at}/masked`, "Mul", [MIN_DISTANCES, mask]));
        const means = graph.add(`${at}/means`, "Div", [sum, others("count", mask)]);
        return meanOf(context, at, means, batch);
      },
    },
    lastLayerTerm(classOf, classes, l1),
  ];
}

/** Sum of |w| over the connections between prototypes and other classes than theirs. */
export function lastLayerTerm(classOf: Int32Array, classes: number, coefficient: number): LossTerm {
  return {
    name: L1,
    weight: coefficient,
    value({ graph }) {
      const wrong = connections(classOf, classes, false);
      const mask = graph.weight("loss/l1/wrong", [classes, classOf.length], wrong);
      const sizes = graph.add("loss/l1/sizes", "Abs", [`${LAST_LAYER}weight`]);
      const masked = graph.add("loss/l1/masked", "Mul", [sizes, mask]);
      return graph.add("loss/l1", "ReduceSum", [masked], { keepdims: int(0) });
    },
  };
}

/** [K, P]: 1 where a prototype is, or is not, of a class. */
function connections(classOf: Int32Array, classes: number, isOwn: boolean): Float32Array {
  const prototypes = classOf.length;
  return Float32Array.from(
    { length: classes * prototypes },
    (_, i) => (classOf[i % prototypes] === Math.floor(i / prototypes)) === isOwn ? 1 : 0,
  );
}

function meanOf({ graph }: LossContext, at: string, values: string, batch: number): string {
  const sum = graph.add(`${at}/total`, "ReduceSum", [values], { keepdims: int(0) });
  const share = graph.weight(`${at}/share`, [], Float32Array.of(1 / batch));
  return graph.add(at, "Mul", [sum, share]);
}
