/**
 * Trained models that explain themselves.
 *
 * @module
 */
import { RunError } from "../../base/mod.ts";
import type { Device, FloatTensor } from "../../device/mod.ts";
import {
  camChannels,
  camModel,
  type ExplainedModel,
  partPoolModel,
  prototypeModel,
} from "../../explanations/mod.ts";
import type { Graph } from "../../graph/mod.ts";
import {
  LAST_LAYER,
  LATENT,
  OUTPUT,
  PART_MAPS,
  type ProtoPNet,
  withExactLogits,
} from "../../nets/mod.ts";
import type { LatentMaps, PrototypeLayer } from "../../prototypes/mod.ts";
import { prototypeLayerOf, withNetworkWeights } from "../../prototypes/training/mod.ts";
import type { ComparatorSpec, ModelSpec } from "../../spec/mod.ts";
import { withWeights } from "../../train/mod.ts";
import { type OpenModel, openModel, outputsOf } from "./model_outputs.ts";
import { partNetwork, plainNetwork, prototypeNetwork } from "./models.ts";
import type { ReadyModel } from "./train_model.ts";
import type { StoredModel } from "./training_record.ts";

/** A trained model as a graph, with its prototypes where it has some. */
export interface ModelGraph {
  /** That of a ProtoPNet has exact logits. */
  readonly graph: Graph;
  readonly net: ProtoPNet | null;
}

/** The graph of a trained model, in inference form. */
export function modelGraph(
  { planned, backbone, setting }: ReadyModel,
  { weights }: StoredModel,
): ModelGraph {
  const { spec } = planned;
  switch (spec.kind) {
    case "protopnet": {
      const net = withNetworkWeights(prototypeNetwork(backbone, spec, setting), weights);
      return { graph: withExactLogits(net.inference), net };
    }
    case "part-pool": {
      const { predicted } = partNetwork(backbone, spec as ComparatorSpec, setting);
      return { graph: withWeights(predicted, weights), net: null };
    }
    case "part-oracle":
      throw new TypeError("A part oracle is no network");
    default: {
      const graph = plainNetwork(backbone, spec as ComparatorSpec, setting);
      return { graph: withWeights(graph, weights), net: null };
    }
  }
}

/** A model that is open on a device. */
export interface OpenExplained extends AsyncDisposable {
  readonly model: ExplainedModel;
  /** The prototype layer, where there is one. */
  readonly layer: PrototypeLayer | null;
}

/** Kinds that explain themselves. */
export function explains(kind: ModelSpec["kind"]): boolean {
  return kind === "protopnet" || kind === "cam" || kind === "part-pool";
}

/** Opens a trained model of a kind that explains itself. */
export async function openExplained(
  ready: ReadyModel,
  { graph, net }: ModelGraph,
  device: Device,
  signal: AbortSignal,
): Promise<OpenExplained> {
  const { kind } = ready.planned.spec;
  const { setting } = ready;
  const values = kind === "part-pool" ? [LATENT, OUTPUT, PART_MAPS] : [LATENT, OUTPUT];
  const open = await openModel(device, graph, values, setting.shape);
  const latent = async (pixels: Float32Array, count: number) => {
    const outputs = await open.run(pixels, count);
    return { logits: outputs[OUTPUT]!.data, maps: latentMaps(outputs[LATENT]!), outputs };
  };
  const close = () => open[Symbol.asyncDispose]();
  if (net) {
    const layer = prototypeLayerOf(net);
    return { model: prototypeModel(layer, latent), layer, [Symbol.asyncDispose]: close };
  }
  const { dims, data } = graph.initializers.get(`${LAST_LAYER}weight`)!;
  const weights = data as Float32Array;
  const { classes } = setting;
  if (kind === "part-pool") {
    const depth = dims[1]! / (setting.parts + 1);
    const head = { classes, parts: setting.parts, depth, global: true, weights };
    const model = partPoolModel(head, async (pixels, count) => {
      const { logits, maps, outputs } = await latent(pixels, count);
      const { height, width } = maps;
      const attention = {
        count,
        depth: setting.parts,
        height,
        width,
        data: outputs[PART_MAPS]!.data.slice(),
      };
      return { logits, features: maps, attention };
    });
    return { model, layer: null, [Symbol.asyncDispose]: close };
  }
  const means = await classMeans(open, ready, signal);
  const depth = dims[1]!;
  const head = { classes, depth, weights, channels: camChannels(weights, means, classes) };
  return { model: camModel(head, latent), layer: null, [Symbol.asyncDispose]: close };
}

/** Latent maps as numbers of their own: outputs are valid until the next run only. */
function latentMaps({ dims, data }: FloatTensor): LatentMaps {
  const [count, depth, height, width] = dims as [number, number, number, number];
  return { count, depth, height, width, data: data.slice() };
}

/** Mean of each channel over the training images of each class, [K, D]. */
async function classMeans(
  open: OpenModel,
  { images: { train }, setting: { classes } }: ReadyModel,
  signal: AbortSignal,
): Promise<Float64Array> {
  const { labels } = train.images;
  const counts = new Float64Array(classes);
  let sums: Float64Array | undefined;
  for await (const { first, count, values } of outputsOf(open, train, signal)) {
    const { depth, height, width, data } = latentMaps(values[LATENT]!);
    sums ??= new Float64Array(classes * depth);
    for (let at = 0; at < count; at++) {
      const label = labels[first + at]!;
      counts[label]!++;
      for (let k = 0; k < depth; k++) {
        const start = (at * depth + k) * height * width;
        for (let cell = 0; cell < height * width; cell++) {
          sums[label * depth + k]! += data[start + cell]! / (height * width);
        }
      }
    }
  }
  if (!sums) throw new RunError("Cannot average channels: found no training images");
  const depth = sums.length / classes;
  return sums.map((sum, at) => sum / counts[Math.floor(at / depth)]!);
}
