/**
 * What the frozen part of a network makes of each image, computed once and kept.
 *
 * @module
 */
import type { Augmentation } from "../../datasets/augment/mod.ts";
import type { Device, FloatTensor, Session } from "../device/mod.ts";
import { type Graph, writeGraph } from "../graph/mod.ts";
import { imageTensor, type TrainingImages } from "./image_batches.ts";

/**
 * Images that go through at once: always the same ones together, because the last digits can depend on
 * the company, and a run that goes on from a checkpoint has to end in the same bits.
 */
const TOGETHER = 50;

/** What the features are computed from. */
export interface FeatureSource {
  readonly images: TrainingImages;
  readonly augmentation: Augmentation | null;
  /** Augmented copies of each image, drawn from the streams of the epochs 0 to `copies` - 1. */
  readonly copies: number;
  readonly seed: number;
}

/** Features of all images and their copies. */
export class FeatureCache {
  readonly #session: Session;
  readonly #graph: Graph;
  readonly #source: FeatureSource;
  /** By copy, then by image. */
  readonly #known = new Map<number, Float32Array>();
  /** Shape of the features of one image. */
  readonly dims: readonly number[];

  private constructor(
    session: Session,
    graph: Graph,
    source: FeatureSource,
    dims: readonly number[],
  ) {
    this.#session = session;
    this.#graph = graph;
    this.#source = source;
    this.dims = dims;
  }

  /**
   * Opens the frozen part of a network on a device.
   *
   * @param graph Its only output holds the features.
   * @param budget Bytes that all features may take.
   * @returns undefined where they would take more.
   */
  static async open(
    device: Device,
    graph: Graph,
    source: FeatureSource,
    budget: number,
  ): Promise<FeatureCache | undefined> {
    const session = await device.open(writeGraph(graph));
    const { width, height, channels, labels } = source.images.images;
    const probe = {
      dims: [1, channels, height, width],
      data: new Float32Array(channels * height * width),
    };
    const outputs = await session.run({ [graph.inputs[0]!.name]: probe });
    const [, ...dims] = outputs[graph.outputs[0]!.name]!.dims;
    const bytes = 4 * sizeOf(dims) * labels.length * source.copies;
    if (bytes <= budget) return new FeatureCache(session, graph, source, dims);
    await session.release();
    return undefined;
  }

  /** Features of some images in one of their copies, [n, ...dims]. */
  async of(members: Int32Array, copy: number): Promise<FloatTensor> {
    const all = this.#known.get(copy) ?? await this.#compute(copy);
    const size = sizeOf(this.dims);
    const data = new Float32Array(members.length * size);
    for (const [at, member] of members.entries()) {
      data.set(all.subarray(member * size, (member + 1) * size), at * size);
    }
    return { dims: [members.length, ...this.dims], data };
  }

  release(): Promise<void> {
    return this.#session.release();
  }

  async #compute(copy: number): Promise<Float32Array> {
    const { images, augmentation, seed } = this.#source;
    const count = images.images.labels.length;
    const size = sizeOf(this.dims);
    const all = new Float32Array(count * size);
    for (let first = 0; first < count; first += TOGETHER) {
      const length = Math.min(TOGETHER, count - first);
      const members = Int32Array.from({ length }, (_, at) => first + at);
      const tensor = imageTensor(images, members, augmentation, { seed, epoch: copy });
      const outputs = await this.#session.run({ [this.#graph.inputs[0]!.name]: tensor });
      all.set(outputs[this.#graph.outputs[0]!.name]!.data, first * size);
    }
    this.#known.set(copy, all);
    return all;
  }
}

function sizeOf(dims: readonly number[]): number {
  return dims.reduce((product, size) => product * size, 1);
}
