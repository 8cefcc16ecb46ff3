/**
 * Anybody's ONNX file, made ready to take images.
 *
 * @module
 */
import { createHash } from "node:crypto";
import { readInput } from "../../datasets/read_input.ts";
import { RunError, UsageError } from "../base/mod.ts";
import { channelsFirst, externalDataOf, type Graph, readGraph } from "../graph/mod.ts";

/** ONNX itself allows no larger file. */
const MOST_MODEL_BYTES = 2 ** 31;

/** Pixels a side above which an input is no image that this program handles. */
const LARGEST_SIDE = 4096;

/** A model that takes [N, channels, height, width]. */
export interface InspectedModel {
  readonly graph: Graph;
  readonly channels: number;
  /** In pixels. */
  readonly height: number;
  readonly width: number;
  /** Whether the file's own input has its channels last. */
  readonly channelsLast: boolean;
  /** The only batch that the graph takes; null when it takes any. */
  readonly batch: number | null;
  /** Of the file and of the weights that lie beside it. */
  readonly sha256: string;
}

/**
 * Reads a model.
 *
 * @param size Pixels of the sides, for a model that leaves them open.
 * @throws {RunError} When the file is broken or takes anything but one float32 batch of images.
 * @throws {UsageError} When the size is missing or contradicts the model.
 */
export async function inspectedModel(
  file: string,
  size: number | undefined,
): Promise<InspectedModel> {
  const bytes = await readInput(file, MOST_MODEL_BYTES);
  const hash = createHash("sha256").update(bytes);
  const external = externalDataOf(file);
  const graph = readGraph(bytes, file, (location, offset, length) => {
    const content = external(location, offset, length);
    hash.update(JSON.stringify([location, offset, length])).update(content);
    return content;
  });
  requireFloatWeights(graph, file);
  const { channels, sides, channelsLast, batch } = imageInput(graph, file);
  return {
    graph: channelsLast ? channelsFirst(graph) : graph,
    channels,
    ...sidesOf(sides, size, file),
    channelsLast,
    batch,
    sha256: hash.digest("hex"),
  };
}

function requireFloatWeights({ initializers }: Graph, file: string): void {
  for (const [name, { type, dims }] of initializers) {
    if ((type === "int8" || type === "uint8") && dims.length > 1) {
      throw new RunError(
        `${file}: the weights "${name}" are ${type}, wanted float32: inspect the model before it ` +
          "was quantised",
      );
    }
  }
}

type Dimension = number | string | null;

function imageInput({ inputs }: Graph, file: string) {
  const [input, ...others] = inputs;
  if (!input || others.length > 0 || input.type !== "float32") {
    const found = inputs.map(({ name, type }) => `"${name}" (${type})`).join(", ") || "none";
    throw new RunError(`${file}: found the inputs ${found}, wanted one of float32`);
  }
  const { name, shape } = input;
  const shown = shape ? `[${shape.map((one) => one ?? "?").join(", ")}]` : "unknown";
  const wrong = () =>
    new RunError(
      `${file}: input "${name}" has the shape ${shown}, wanted [N, channels, height, width] or ` +
        "[N, height, width, channels] with 1 or 3 channels",
    );
  if (shape?.length !== 4) throw wrong();
  const [batch, second, third, fourth] = shape as [Dimension, Dimension, Dimension, Dimension];
  const fixed = typeof batch === "number" ? batch : null;
  if (isColour(second)) {
    return { channels: second, sides: [third, fourth], channelsLast: false, batch: fixed };
  }
  if (isColour(fourth)) {
    return { channels: fourth, sides: [second, third], channelsLast: true, batch: fixed };
  }
  throw wrong();
}

function isColour(size: Dimension): size is number {
  return size === 1 || size === 3;
}

/** The sides that are fixed, and the size that was asked for in place of the others. */
function sidesOf(sides: readonly Dimension[], asked: number | undefined, file: string) {
  const fixed = sides.filter((side) => typeof side === "number");
  if (fixed.length < sides.length && asked === undefined) {
    throw new UsageError(`--size: ${file} takes images of any size, wanted the pixels of a side`);
  }
  if (fixed.length > 0 && asked !== undefined && !fixed.includes(asked)) {
    throw new UsageError(
      `--size: found ${asked}, wanted ${fixed.join(" x ")}, the size that ${file} takes`,
    );
  }
  const [height, width] = sides.map((side) => typeof side === "number" ? side : asked!);
  const longest = Math.max(height!, width!);
  if (longest > LARGEST_SIDE) {
    throw new RunError(
      `${file}: images of ${longest} pixels a side, wanted at most ${LARGEST_SIDE}`,
    );
  }
  return { height: height!, width: width! };
}
