/**
 * Tiny models and images for tests of inspections.
 *
 * @module
 */
import { encode } from "fast-png";
import { randomStream } from "../base/mod.ts";
import { type Graph, GraphBuilder, ints } from "../graph/mod.ts";

/** Pixels of a side. */
export const SIDE = 8;

/** Writes random PNG images `00.png`, `01.png`, ... into a folder. */
export async function writeImages(
  folder: string,
  count: number,
  channels: 1 | 3,
): Promise<void> {
  await Deno.mkdir(folder, { recursive: true });
  const random = randomStream(1, "images", folder.replace(/^.*\//, ""));
  for (let at = 0; at < count; at++) {
    const data = Uint8Array.from({ length: SIDE * SIDE * channels }, () => random.integer(256));
    const name = `${String(at).padStart(2, "0")}.png`;
    await Deno.writeFile(
      `${folder}/${name}`,
      encode({ width: SIDE, height: SIDE, channels, data }),
    );
  }
}

/** Two convolutions, pooling and a dense layer, with the channels of its input first or last. */
export function tinyNetwork(
  layout: "first" | "last",
  height: number | string = SIDE,
  width = height,
): Graph {
  const graph = new GraphBuilder("tiny");
  const weight = (name: string, ...dims: number[]) => {
    const random = randomStream(1, "tiny", name);
    const size = dims.reduce((product, value) => product * value, 1);
    return graph.weight(name, dims, Float32Array.from({ length: size }, () => random.normal() / 4));
  };
  for (const [name, from, to] of [["conv1", 3, 8], ["conv2", 8, 12]] as const) {
    weight(`${name}.weight`, to, from, 3, 3);
    weight(`${name}.bias`, to);
  }
  weight("head.weight", 5, 12);
  weight("head.bias", 5);
  const images = layout === "first"
    ? graph.input("images", ["N", 3, height, width])
    : graph.add("turned", "Transpose", [graph.input("images", ["N", height, width, 3])], {
      perm: ints([0, 3, 1, 2]),
    });
  const conv1 = graph.add("relu1", "Relu", [graph.conv("conv1", images, { kernel: 3 }, true)]);
  const conv2 = graph.add("relu2", "Relu", [graph.conv("conv2", conv1, { kernel: 3 }, true)]);
  const pooled = graph.add("pooled", "GlobalAveragePool", [conv2]);
  graph.output(graph.linear("head", graph.add("flat", "Flatten", [pooled]), "logits"));
  return graph.build();
}
