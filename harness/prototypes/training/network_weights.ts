/**
 * A ProtoPNet's weights, and its prototype layer among them.
 *
 * @module
 */
import { RunError } from "../../base/mod.ts";
import type { FloatTensor } from "../../device/mod.ts";
import type { Graph } from "../../graph/mod.ts";
import { ADD_ON, LAST_LAYER, type ProtoPNet, PROTOTYPES } from "../../nets/mod.ts";
import { type Weights, withWeights } from "../../train/mod.ts";
import type { PrototypeLayer } from "../prototype_layer.ts";

const LAST_WEIGHT = `${LAST_LAYER}weight`;

/** The network with other weights in both forms; those not named stay. */
export function withNetworkWeights(net: ProtoPNet, weights: Weights): ProtoPNet {
  return {
    ...net,
    inference: withWeights(net.inference, weights),
    training: withWeights(net.training, weights),
  };
}

/**
 * The network with the backbone of another one, for instance of a trained classifier on the same backbone;
 * add-on layers, prototypes and last layer stay.
 *
 * @throws {RunError} When a weight of the backbone is missing or has another shape.
 */
export function withBackboneWeights(net: ProtoPNet, weights: Weights): ProtoPNet {
  const isOwn = (name: string) =>
    name.startsWith(ADD_ON) || name === PROTOTYPES || name.startsWith(LAST_LAYER);
  const backbone = [...weightsOf(net)].filter(([name]) => !isOwn(name));
  return withNetworkWeights(
    net,
    new Map(backbone.map(([name, { dims }]) => {
      const found = weights.get(name);
      if (found && String(found.dims) === String(dims)) return [name, found];
      throw new RunError(
        `Cannot take over the backbone of ${net.inference.name}: "${name}" is ` +
          `${found ? `[${found.dims}]` : "missing"}, wanted [${dims}]`,
      );
    })),
  );
}

/** The float32 weights of both forms: parameters, running statistics, prototypes and the last layer. */
export function weightsOf({ inference, training }: ProtoPNet): Map<string, FloatTensor> {
  const weights = new Map<string, FloatTensor>();
  for (const [name, { type, dims, data }] of training.initializers) {
    // Constants that only one of the forms computes with are no weights.
    if (type !== "float32" || dims.length === 0 || !inference.initializers.has(name)) continue;
    weights.set(name, { dims, data: new Float32Array(data as Float32Array) });
  }
  return weights;
}

/** The prototype layer of a network. */
export function prototypeLayerOf(net: ProtoPNet): PrototypeLayer {
  const { classes, depth, classOf, similarity, inference } = net;
  const values = (name: string) => inference.initializers.get(name)!.data as Float32Array;
  return {
    classes,
    depth,
    classOf,
    similarity,
    vectors: values(PROTOTYPES),
    weights: values(LAST_WEIGHT),
  };
}

/** The network with another prototype layer, which may have fewer prototypes. */
export function withPrototypeLayer(net: ProtoPNet, layer: PrototypeLayer): ProtoPNet {
  const prototypes = layer.classOf.length;
  const replaced = (graph: Graph): Graph => ({
    ...graph,
    initializers: new Map([
      ...graph.initializers,
      [PROTOTYPES, {
        type: "float32",
        dims: [prototypes, layer.depth, 1, 1],
        data: layer.vectors,
      }],
      [LAST_WEIGHT, { type: "float32", dims: [layer.classes, prototypes], data: layer.weights }],
    ]),
  });
  return {
    ...net,
    classOf: layer.classOf,
    inference: replaced(net.inference),
    training: replaced(net.training),
  };
}
