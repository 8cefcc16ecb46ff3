/**
 * The file in which a training run keeps its last checkpoint.
 *
 * @module
 */
import { messageOf, RunError } from "../base/mod.ts";
import {
  type Checkpoint,
  decodeCheckpoint,
  encodeCheckpoint,
  requireWeightsOf,
} from "./checkpoint.ts";
import type { TrainingForm } from "./training_form.ts";

/** Where checkpoints go; what writes files atomically is given from outside. */
export interface CheckpointPlace {
  readonly path: string;
  /** Identity of the training run. */
  readonly key: string;
  write(path: string, bytes: Uint8Array): Promise<void>;
  /** Hears of a file that could not be used and was set aside. */
  warn(message: string): void;
}

/** The checkpoint file of one run. */
export class CheckpointFile {
  readonly #place: CheckpointPlace;

  constructor(place: CheckpointPlace) {
    this.#place = place;
  }

  /** Replaces the checkpoint before. */
  async save(checkpoint: Omit<Checkpoint, "key">): Promise<void> {
    const { path, key, write } = this.#place;
    await write(path, encodeCheckpoint({ key, ...checkpoint }));
  }

  /**
   * The last checkpoint, or undefined where there is none. A damaged file is set aside as `<path>.damaged`
   * and counts as none.
   *
   * @throws {RunError} When it belongs to another run or another architecture.
   */
  async load(form: TrainingForm): Promise<Checkpoint | undefined> {
    const { path, key, warn } = this.#place;
    let bytes: Uint8Array;
    try {
      bytes = await Deno.readFile(path);
    } catch (error) {
      if (error instanceof Deno.errors.NotFound) return undefined;
      throw new RunError(`${path}: cannot be read: ${messageOf(error)}`);
    }
    let checkpoint: Checkpoint;
    try {
      checkpoint = decodeCheckpoint(bytes, path);
    } catch (error) {
      if (!(error instanceof RunError)) throw error;
      await Deno.rename(path, `${path}.damaged`);
      warn(`${messageOf(error)}; moved to ${path}.damaged, the training starts again`);
      return undefined;
    }
    requireWeightsOf(form, checkpoint.state.weights, path);
    if (checkpoint.key !== key) {
      throw new RunError(
        `${path}: checkpoint of the training run ${checkpoint.key}, wanted ${key}`,
      );
    }
    return checkpoint;
  }

  /** Removes the checkpoint of a run that is over. */
  async remove(): Promise<void> {
    await Deno.remove(this.#place.path).catch((error) => {
      if (!(error instanceof Deno.errors.NotFound)) throw error;
    });
  }
}
