/**
 * What a network's add-on layers make of images, for projection, pruning and explanations.
 *
 * @module
 */
import type { Device } from "../../device/mod.ts";
import { type Graph, tap, writeGraph } from "../../graph/mod.ts";
import { LATENT } from "../../nets/mod.ts";
import { imageTensor, type TrainingImages } from "../../train/mod.ts";
import type { LatentBatch } from "../latent_batch.ts";

/** Images that go through at once. */
const BATCH = 50;

/**
 * The latent maps of all images, not augmented, in evaluation mode; one batch is in memory at a time.
 *
 * @param network Anything with a value `latent` [N, D, height, width].
 * @param admissible 1 for images that may be looked at; null: all.
 * @throws {UsageError} When the preprocessing is not for images of this size.
 */
export async function* latentBatches(
  device: Device,
  network: Graph,
  source: TrainingImages,
  admissible: Uint8Array | null = null,
): AsyncGenerator<LatentBatch> {
  const { labels } = source.images;
  const session = await device.open(writeGraph(tap(network, [LATENT])));
  try {
    for (let first = 0; first < labels.length; first += BATCH) {
      const length = Math.min(BATCH, labels.length - first);
      const members = Int32Array.from({ length }, (_, at) => first + at);
      const images = imageTensor(source, members, null, { seed: 0, epoch: 0 });
      const outputs = await session.run({ [network.inputs[0]!.name]: images });
      const { dims, data } = outputs[LATENT]!;
      const [count, depth, height, width] = dims as [number, number, number, number];
      yield {
        maps: { count, depth, height, width, data: data.slice() },
        labels: labels.subarray(first, first + length),
        ...(admissible && { admissible: admissible.subarray(first, first + length) }),
      };
    }
  } finally {
    await session.release();
  }
}
