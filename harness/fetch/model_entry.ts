/**
 * The entry of a downloaded network in `models.json`.
 *
 * @module
 */
import { basename } from "node:path";
import type { NetworkPin } from "../../datasets/downloads.ts";
import { RunError } from "../base/mod.ts";
import { type Graph, parameterCount, type ValueInfo } from "../graph/mod.ts";

/**
 * What is known of the network beforehand, completed by what its file says: names and shapes of the
 * tensors, number of weights. No checkpoints: they are found by rule.
 *
 * @param repository Where the file comes from.
 * @throws {RunError} When the graph takes anything but one batch of images as float32.
 */
export function modelEntry(pin: NetworkPin, graph: Graph, repository: string) {
  const file = basename(pin.path);
  const [images, ...others] = graph.inputs;
  const [output] = graph.outputs;
  if (!images || others.length > 0 || images.type !== "float32") {
    const found = graph.inputs.map(({ name, type }) => `${name} (${type})`).join(", ") || "none";
    throw new RunError(`${file}: inputs ${found}, wanted one of float32`);
  }
  const shape = shapeOf(images);
  if (shape?.length !== 4 || shape.slice(1).some((size) => typeof size !== "number")) {
    throw new RunError(
      `${file}: input "${images.name}" has the shape [${shape ?? "unknown"}], wanted ` +
        "[N, channels, height, width] with only N free",
    );
  }
  const outputShape = shapeOf(output!);
  return {
    id: pin.id,
    architecture: pin.architecture,
    file,
    sha256: pin.sha256,
    bytes: pin.bytes,
    parameters: parameterCount(graph),
    licence: pin.licence,
    source: { repository, file: pin.path },
    input: { name: images.name, shape, dtype: "float32", layout: "NCHW", ...pin.input },
    output: { name: output!.name, ...(outputShape && { shape: outputShape }) },
    published: pin.published,
    notes: pin.notes,
    checkpoints: [],
  };
}

/** A shape with names for all free dimensions, the first one N. */
function shapeOf({ shape }: ValueInfo): (number | string)[] | undefined {
  return shape?.map((size, at) => size ?? (at === 0 ? "N" : `free${at}`));
}
