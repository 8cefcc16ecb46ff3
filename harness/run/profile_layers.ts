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
} from "../estimators/mod.ts";
import { type Checkpoint, tap, writeGraph } from "../graph/mod.ts";
import { toTensor } from "../images/mod.ts";
import type { GroupResult } from "../spec/mod.ts";
import type { LoadedNetwork } from "./networks.ts";

/** Nearest neighbours kept of each point: enough for Gride up to ranks 32 and 64. */
const NEIGHBOURS = 64;

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

/** How a profile is computed. */
export interface ProfileSettings {
  readonly samples: number;
  readonly batchSize: number;
  readonly memoryBytes: number;
  readonly temporaryFolder: string;
  readonly seed: number;
  readonly signal: AbortSignal;
}

/** A network made ready on a device with its checkpoint layers as outputs. */
export class LayerProfiler {
  readonly #network: LoadedNetwork;
  readonly #device: Device;
  readonly #session: Session | undefined;

  private constructor(network: LoadedNetwork, device: Device, session: Session | undefined) {
    this.#network = network;
    this.#device = device;
    this.#session = session;
  }

  /** Opens the network on the device, cut after the last checkpoint. */
  static async open(network: LoadedNetwork, device: Device): Promise<LayerProfiler> {
    const inner = network.checkpoints.map(({ tensor }) => tensor)
      .filter((tensor) => tensor !== network.input);
    const session = inner.length > 0
      ? await device.open(writeGraph(tap(network.graph, inner)))
      : undefined;
    return new LayerProfiler(network, device, session);
  }

  /**
   * Profiles the first `samples` images of a group.
   *
   * @throws {RunError} Naming the network, the layer and the image, when something is wrong with them.
   */
  async profile(
    group: ImageGroup,
    settings: ProfileSettings,
    progress: ProgressTask,
  ): Promise<LayerProfile[]> {
    const { checkpoints, units } = this.#network;
    using layers = new DisposableStack();
    const features = allot(units, settings).map(({ inFile, units }, at) =>
      layers.use(
        inFile
          ? featuresInFile(
            settings.samples,
            units,
            `${settings.temporaryFolder}/features-${crypto.randomUUID()}-${at}`,
          )
          : featuresInMemory(settings.samples, units),
      )
    );
    await this.#forward(group, settings, features, progress);

    const profile: LayerProfile[] = [];
    for (const [at, checkpoint] of checkpoints.entries()) {
      settings.signal.throwIfAborted();
      using layer = features[at]!;
      const result = await this.#estimate(checkpoint, layer, group, settings);
      profile.push({ ...checkpoint, units: units[at]!, result });
    }
    return profile;
  }

  async #forward(
    group: ImageGroup,
    { samples, batchSize, signal }: ProfileSettings,
    features: readonly Features[],
    progress: ProgressTask,
  ): Promise<void> {
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
    { name, tensor }: Checkpoint,
    layer: Features,
    group: ImageGroup,
    { seed }: ProfileSettings,
  ): Promise<GroupResult> {
    const where = `layer "${name}" of ${this.#network.id}`;
    try {
      const { lists, matrix } = await findNeighbours(this.#device, layer, NEIGHBOURS);
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

  /** Frees the session. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.#session?.release();
  }
}

/** Keeps the small layers in memory and puts the rest into files. */
function allot(units: readonly number[], { samples, memoryBytes }: ProfileSettings) {
  const order = units.map((count, at) => ({ count, at })).sort((a, b) => a.count - b.count);
  let left = memoryBytes * ACTIVATION_SHARE;
  const inFile = new Set<number>();
  for (const { count, at } of order) {
    const bytes = 4 * samples * count;
    if (bytes > left) inFile.add(at);
    else left -= bytes;
  }
  return units.map((count, at) => ({ units: count, inFile: inFile.has(at) }));
}
