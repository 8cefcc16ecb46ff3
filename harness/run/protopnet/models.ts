/**
 * The models of a ProtoPNet experiment as graphs.
 *
 * @module
 */
import { type ModelEntry, readModelFile } from "../../../datasets/mod.ts";
import type { ImageShape } from "../../../datasets/augment/mod.ts";
import { RunError } from "../../base/mod.ts";
import { externalDataOf, type Graph, readGraph } from "../../graph/mod.ts";
import {
  type Backbone,
  backboneOf,
  buildBackbone,
  camNetwork,
  type PartPoolNetwork,
  partPoolNetwork,
  plainClassifier,
  type ProtoPNet,
  protopnet,
} from "../../nets/mod.ts";
import type { BackboneSpec, ComparatorSpec, PrototypeModelSpec } from "../../spec/mod.ts";

/** Channels of the add-on layers of comparators that name none. */
const DEPTH = 128;

/** What a model is built for. */
export interface ModelSetting {
  readonly shape: ImageShape;
  readonly classes: number;
  /** Number of known parts; 0 where none are. */
  readonly parts: number;
  /** Of the initial weights. */
  readonly seed: number;
}

/**
 * The backbone with its first weights.
 *
 * @param files Networks of the data root by their id.
 * @throws {RunError} When the file that it starts from is not there.
 */
export async function openBackbone(
  { architecture, width, stride, reductions, start }: BackboneSpec,
  { shape, seed }: ModelSetting,
  files: ReadonlyMap<string, ModelEntry>,
): Promise<Backbone> {
  const cut = {
    ...(stride !== undefined && { stride }),
    ...(reductions !== undefined && { reductions }),
  };
  if (start.from === "random") {
    return buildBackbone(architecture, {
      inputSize: shape.width,
      inputChannels: shape.channels,
      width,
      seed,
      ...cut,
    });
  }
  const entry = files.get(start.model);
  if (!entry) throw new RunError(`models/models.json: found no "${start.model}", wanted one`);
  const graph = readGraph(await readModelFile(entry), entry.path, externalDataOf(entry.path));
  return backboneOf(graph, shape, cut);
}

/** The ProtoPNet that a specification describes. */
export function prototypeNetwork(
  backbone: Backbone,
  { prototypes }: PrototypeModelSpec,
  { classes, seed }: ModelSetting,
): ProtoPNet {
  const { perClass, depth, addOn, similarity } = prototypes;
  return protopnet(backbone, {
    classes,
    prototypes: perClass * classes,
    depth,
    addOn,
    similarity,
    seed,
  });
}

/** Both forms of a network that pools under part maps. */
export function partNetwork(
  backbone: Backbone,
  { depth = DEPTH }: ComparatorSpec,
  { classes, parts, seed }: ModelSetting,
): PartPoolNetwork {
  return partPoolNetwork(backbone, {
    classes,
    parts,
    addOn: { kind: "regular", depth, end: "relu" },
    global: true,
    seed,
  });
}

/** A network whose loss is the cross-entropy alone. */
export function plainNetwork(
  backbone: Backbone,
  { kind, depth = DEPTH }: ComparatorSpec,
  { classes, seed }: ModelSetting,
): Graph {
  return kind === "cam"
    ? camNetwork(backbone, { classes, addOn: { kind: "regular", depth, end: "relu" }, seed })
    : plainClassifier(backbone, { classes, seed });
}
