/**
 * One cell of an ID profile: the images of one group go through one network, and the neighbours at
 * each checkpoint layer give every estimate. Activations are kept in memory or in temporary files,
 * within a budget.
 *
 * @module
 */
import type { ImageGroup } from "../../datasets/mod.ts";
import { type ProgressTask, randomStream, RunError } from "../base/mod.ts";
import type { Device, Session } from "../device/mod.ts";
import {
  estimateAll,
  type Features,
  featuresInFile,
  featuresInMemory,
  findNeighbours,
  NonFiniteFeatureError,
  type SpareArrays,
} from "../estimators/mod.ts";
import { type Checkpoint, tap, writeGraph } from "../graph/mod.ts";
import { toTensor } from "../images/mod.ts";
import type { GroupResult, PcaResult, PcaSpec } from "../spec/mod.ts";
import type { LoadedNetwork } from "./networks.ts";
import { nullLayers } from "./null_layers.ts";
import { profilePca } from "./profile_pca.ts";

/** Nearest neighbours that Gride needs for ranks 32 and 64. */
const GRIDE_NEIGHBOURS = 64;

/** Neighbours kept of each point: the estimate without the n/100 strongest hubs needs two more. */
function neighboursKept(points: number): number {
  return Math.max(GRIDE_NEIGHBOURS, Math.ceil(points / 100) + 2);
}

/** Share of the memory budget that activations may take; the rest is for the runtime and the tiles. */
const ACTIVATION_SHARE = 0.5;

/** A layer's estimates for one group, without what is the same for all groups of the layer. */
export interface LayerProfile {
  readonly name: string;
  readonly tensor: string;
  readonly depth: number;
  readonly units: number;
  readonly result: GroupResult;
}

/** Answers of a classifier on one group of images; equal scores count as wrong. */
export interface CorrectAnswers {
  readonly images: number;
  readonly classes: number;
  readonly first: number;
  readonly firstFive: number;
}

/** Where activations are kept while a group goes through. */
export interface ActivationSettings {
  /** Images a group. */
  readonly samples: number;
  readonly memoryBytes: number;
  readonly temporaryFolder: string;
  /** Memory of the networks before; what this one does not take is let go. */
  readonly spare?: SpareArrays;
}

/** How one group is profiled. */
export interface ProfileSettings {
  readonly batchSize: number;
  readonly seed: number;
  readonly signal: AbortSignal;
  /** For linear dimensions too; the depth is that of the complete network, where it is known. */
  readonly pca?: { readonly spec: PcaSpec; readonly fullDepth: number | undefined };
}

/** A network made ready on a device, with its checkpoint layers as outputs. */
export class LayerProfiler implements AsyncDisposable {
  readonly #network: LoadedNetwork;
  readonly #device: Device;
  readonly #session: Session | undefined;
  readonly #temporaryFolder: string;
  /** One a checkpoint; written anew for each group. */
  readonly #features: readonly Features[];

  private constructor(
    network: LoadedNetwork,
    device: Device,
    session: Session | undefined,
    features: readonly Features[],
    temporaryFolder: string,
  ) {
    this.#network = network;
    this.#device = device;
    this.#session = session;
    this.#features = features;
    this.#temporaryFolder = temporaryFolder;
  }

  /** Opens the network on the device, cut after the last checkpoint. */
  static async open(
    network: LoadedNetwork,
    device: Device,
    settings: ActivationSettings,
  ): Promise<LayerProfiler> {
    const inner = network.checkpoints.map(({ tensor }) => tensor)
      .filter((tensor) => tensor !== network.input);
    const session = inner.length > 0
      ? await device.open(writeGraph(tap(network.graph, inner)))
      : undefined;
    const features = allot(network.units, settings);
    settings.spare?.clear();
    return new LayerProfiler(network, device, session, features, settings.temporaryFolder);
  }

  /**
   * Profiles the first images of a group.
   *
   * @throws {RunError} Naming the network, the layer and the image, when something is wrong with them.
   */
  async profile(
    group: ImageGroup,
    settings: ProfileSettings,
    progress: ProgressTask,
  ): Promise<LayerProfile[]> {
    await this.#forward(group, settings, progress);
    const { checkpoints, units } = this.#network;
    const { pca } = settings;
    const profile: LayerProfile[] = [];
    for (const [at, checkpoint] of checkpoints.entries()) {
      settings.signal.throwIfAborted();
      const layer = this.#features[at]!;
      const result = await this.#explained(checkpoint, group, async () => ({
        ...await this.#estimate(checkpoint, layer, group, settings),
        ...(pca && { pca: await this.#linear(checkpoint, layer, group, settings.seed, pca) }),
      }));
      profile.push({ ...checkpoint, units: units[at]!, result });
    }
    return profile;
  }

  /**
   * How many images of the group that was profiled last have the highest output at `target`, and how
   * many among the five highest.
   */
  countCorrect(target: number): CorrectAnswers {
    const outputs = this.#features.at(-1)!;
    const { points: images, features: classes } = outputs;
    const row = new Float32Array(classes);
    const correct = { images, classes, first: 0, firstFive: 0 };
    for (let image = 0; image < images; image++) {
      for (let slab = 0; slab < outputs.slabs; slab++) {
        row.set(outputs.read(slab, image, image + 1), slab * outputs.slabWidth);
      }
      const before = row.filter((score, at) => at !== target && score >= row[target]!).length;
      if (before < 1) correct.first++;
      if (before < 5) correct.firstFive++;
    }
    return correct;
  }

  async #forward(
    group: ImageGroup,
    settings: ProfileSettings,
    progress: ProgressTask,
  ): Promise<void> {
    const { signal } = settings;
    const batchSize = this.#network.batch ?? settings.batchSize;
    const features = this.#features;
    const samples = features[0]!.points;
    const { input, inputShape, checkpoints, preprocessing } = this.#network;
    const pixels = inputShape.reduce((product, size) => product * size, 1);
    for (let first = 0; first < samples; first += batchSize) {
      signal.throwIfAborted();
      const count = Math.min(batchSize, samples - first);
      const batch = new Float32Array(count * pixels);
      for (let at = 0; at < count; at++) {
        const image = await group.read(first + at);
        const file = `${group.id}/${group.names[first + at]}`;
        toTensor(image, preprocessing, batch, at * pixels, file);
        const luminance = await group.luminance?.(first + at) ?? 0;
        if (luminance !== 0) brighten(batch, at * pixels, pixels, luminance, preprocessing.std);
      }
      const outputs = await this.#session?.run({
        [input]: { dims: [count, ...inputShape], data: batch },
      });
      for (const [at, { tensor }] of checkpoints.entries()) {
        const rows = tensor === input ? batch : outputs![tensor]!.data;
        if (rows.length !== count * features[at]!.features) {
          throw new RunError(
            `Cannot profile ${this.#network.id}: "${tensor}" gave ${rows.length} values for ` +
              `${count} images, wanted ${features[at]!.features} an image`,
          );
        }
        features[at]!.write(first, rows);
      }
      progress.advance(count);
    }
  }

  async #estimate(
    { tensor }: Checkpoint,
    layer: Features,
    group: ImageGroup,
    { seed }: ProfileSettings,
  ): Promise<GroupResult> {
    const { lists, matrix } = await findNeighbours(
      this.#device,
      layer,
      neighboursKept(layer.points),
    );
    const random = randomStream(seed, "estimates", this.#network.id, group.id, tensor);
    const { n, duplicates, hub, estimates } = estimateAll(lists, matrix, random);
    const { point, ...rest } = hub;
    return {
      group: group.id,
      n,
      duplicates,
      hub: { file: group.names[point]!, ...rest },
      estimates,
    };
  }

  async #linear(
    checkpoint: Checkpoint,
    layer: Features,
    group: ImageGroup,
    seed: number,
    { spec, fullDepth }: NonNullable<ProfileSettings["pca"]>,
  ): Promise<PcaResult> {
    const { id, checkpoints } = this.#network;
    const nulls = nullLayers({ id, checkpoints, fullDepth }, spec.nullLayers);
    return await profilePca(layer, {
      device: this.#device,
      temporaryFolder: this.#temporaryFolder,
      gaussians: nulls.has(checkpoint) ? spec : undefined,
      randomOf: (...axes) =>
        randomStream(seed, "gaussian", id, group.id, checkpoint.tensor, ...axes),
    });
  }

  /** What `compute` gives, or an error that names network, layer and image. */
  async #explained<T>(
    { name }: Checkpoint,
    group: ImageGroup,
    compute: () => Promise<T>,
  ): Promise<T> {
    const where = `layer "${name}" of ${this.#network.id}`;
    try {
      return await compute();
    } catch (error) {
      if (error instanceof NonFiniteFeatureError) {
        throw new RunError(
          `Cannot profile ${where}: unit ${error.feature} is ${error.value} for image ` +
            `${group.id}/${group.names[error.point]}, wanted a finite number`,
        );
      }
      if (error instanceof RangeError) {
        throw new RunError(`Cannot profile ${where} on group ${group.id}: ${error.message}`);
      }
      throw error;
    }
  }

  /** Frees the session and the activations. */
  async [Symbol.asyncDispose](): Promise<void> {
    for (const features of this.#features) features[Symbol.dispose]();
    await this.#session?.release();
  }
}

/** Adds a luminance, in units where white is 1, to a normalised image. */
function brighten(
  batch: Float32Array,
  start: number,
  pixels: number,
  luminance: number,
  std: readonly number[],
): void {
  const area = pixels / std.length;
  for (const [channel, deviation] of std.entries()) {
    const from = start + channel * area;
    for (let i = from; i < from + area; i++) batch[i]! += luminance / deviation;
  }
}

/** Keeps the small layers in memory and puts the rest into files. */
function allot(
  units: readonly number[],
  { samples, memoryBytes, temporaryFolder, spare }: ActivationSettings,
): Features[] {
  let left = memoryBytes * ACTIVATION_SHARE;
  const inMemory = new Set<number>();
  for (const at of [...units.keys()].sort((a, b) => units[a]! - units[b]!)) {
    left -= 4 * samples * units[at]!;
    if (left >= 0) inMemory.add(at);
  }
  return units.map((count, at) =>
    inMemory.has(at)
      ? featuresInMemory(samples, count, spare)
      : featuresInFile(samples, count, `${temporaryFolder}/activations-${crypto.randomUUID()}`)
  );
}
