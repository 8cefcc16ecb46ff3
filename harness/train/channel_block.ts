/**
 * How many channels a device's convolutions take together.
 *
 * @module
 */
import { RunError } from "../base/mod.ts";
import type { Device } from "../device/mod.ts";
import { BLOCKED } from "../graph/gradient/mod.ts";
import { GraphBuilder, writeGraph } from "../graph/mod.ts";

/** Where there are blocks, they are longer than that. */
const CHANNELS = 4;

/**
 * Channels of a block on a device, 8 or 16 by the width of its vector registers, or undefined where its
 * runtime has no kernels for blocked channels. The runtime does not tell: it is asked to lay out a pixel,
 * which it fills up to a whole block.
 */
export async function channelBlock(device: Device): Promise<number | undefined> {
  if (device.kind !== "cpu") return undefined;
  const builder = new GraphBuilder("channel block");
  const pixel = builder.input("pixel", [1, CHANNELS, 1, 1]);
  const block = {
    name: "block",
    op: "ReorderInput",
    domain: BLOCKED,
    inputs: [pixel],
    outputs: ["block"],
    attributes: new Map(),
  };
  builder.addNode(block);
  builder.output("block");
  const graph = builder.build();
  const opsets = new Map([...graph.opsets, [BLOCKED, 1] as const]);
  try {
    const session = await device.open(writeGraph({ ...graph, opsets }));
    try {
      const dims = [1, CHANNELS, 1, 1];
      const found = await session.run({ pixel: { dims, data: new Float32Array(CHANNELS) } });
      const channels = found.block!.dims[1]!;
      return channels > CHANNELS ? channels : undefined;
    } finally {
      await session.release();
    }
  } catch (error) {
    if (error instanceof RunError) return undefined;
    throw error;
  }
}
