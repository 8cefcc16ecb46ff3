/**
 * What a network makes of many images.
 *
 * @module
 */
import { imageAt } from "../../../datasets/labelled_images.ts";
import type { Device, FloatTensor } from "../../device/mod.ts";
import { type Graph, tap, writeGraph } from "../../graph/mod.ts";
import { INPUT } from "../../nets/mod.ts";
import { requireSize, type TrainingImages, writeImage } from "../../train/mod.ts";

/** Images that go through at once. */
const BATCH = 32;

/** Values of the network for a run of images, by name. */
export interface OutputBatch {
  /** Position of the first image. */
  readonly first: number;
  readonly count: number;
  readonly values: Readonly<Record<string, FloatTensor>>;
}

/** A network that is asked for some of its values. */
export interface OpenModel extends AsyncDisposable {
  /**
   * @param pixels Normalised images, [count, C, H, W].
   * @param more Further inputs, by name.
   */
  run(
    pixels: Float32Array,
    count: number,
    more?: Readonly<Record<string, FloatTensor>>,
  ): Promise<Readonly<Record<string, FloatTensor>>>;
}

/** Opens a network for the given values. */
export async function openModel(
  device: Device,
  network: Graph,
  values: readonly string[],
  { width, height, channels }: { width: number; height: number; channels: number },
): Promise<OpenModel> {
  const session = await device.open(writeGraph(tap(network, values)));
  return {
    async run(pixels, count, more = {}) {
      const dims = [count, channels, height, width];
      const outputs = await session.run({
        [INPUT]: { dims, data: pixels as Float32Array<ArrayBuffer> },
        ...more,
      });
      return Object.fromEntries(values.map((name) => [name, outputs[name]!]));
    },
    [Symbol.asyncDispose]: () => session.release(),
  };
}

/**
 * Runs images through, batch after batch, in their order.
 *
 * @param more Further inputs of the images of a batch.
 */
export async function* outputsOf(
  model: OpenModel,
  source: TrainingImages,
  signal: AbortSignal,
  more: (first: number, count: number) => Readonly<Record<string, FloatTensor>> = () => ({}),
): AsyncGenerator<OutputBatch> {
  requireSize(source);
  const { width, height, channels, labels } = source.images;
  const pixels = width * height * channels;
  for (let first = 0; first < labels.length; first += BATCH) {
    signal.throwIfAborted();
    const count = Math.min(BATCH, labels.length - first);
    const data = new Float32Array(count * pixels);
    for (let at = 0; at < count; at++) {
      writeImage(source, first + at, imageAt(source.images, first + at), data, at * pixels);
    }
    yield { first, count, values: await model.run(data, count, more(first, count)) };
  }
}
