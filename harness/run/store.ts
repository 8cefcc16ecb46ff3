/**
 * The content-addressed store: each cell is computed once, by one process, and its artifact is checked
 * on every read.
 *
 * @module
 */
import { messageOf, RunError } from "../base/mod.ts";
import { type Artifact, decodeArtifact, encodeArtifact } from "./artifact.ts";
import { writeAtomically } from "./atomic_write.ts";
import { type Cell, cellKey } from "./cell.ts";
import { acquireLock } from "./lock.ts";

/** A store in a folder. */
export class Store {
  readonly #folder: string;
  readonly #warn: (message: string) => void;

  private constructor(folder: string, warn: (message: string) => void) {
    this.#folder = folder;
    this.#warn = warn;
  }

  /**
   * Opens a store; makes the folder when there is none.
   *
   * @param warn Hears of artifacts that were set aside.
   */
  static async open(folder: string, warn: (message: string) => void): Promise<Store> {
    try {
      for (const part of ["artifacts", "locks", "corrupt", "failures", "tmp"]) {
        await Deno.mkdir(`${folder}/${part}`, { recursive: true });
      }
    } catch (error) {
      throw new RunError(`${folder}: cannot be used as a store: ${messageOf(error)}`);
    }
    return new Store(folder, warn);
  }

  /** A folder for files that nobody misses. */
  get temporaryFolder(): string {
    return `${this.#folder}/tmp`;
  }

  /** The artifact of a cell, or undefined. A damaged one is set aside and counts as none. */
  async get(cell: Cell): Promise<Artifact | undefined> {
    const path = this.#path(cell);
    let bytes: Uint8Array;
    try {
      bytes = await Deno.readFile(path);
    } catch (error) {
      if (error instanceof Deno.errors.NotFound) return undefined;
      throw new RunError(`${path}: cannot be read: ${messageOf(error)}`);
    }
    try {
      return decodeArtifact(bytes);
    } catch (error) {
      const aside = `${this.#folder}/corrupt/${cellKey(cell)}-${crypto.randomUUID()}`;
      await Deno.rename(path, aside);
      this.#warn(`${path}: ${messageOf(error)}; moved to ${aside}, will be computed again`);
      return undefined;
    }
  }

  /**
   * The artifact of a cell, computed when there is none. When another process is computing it, waits for
   * that one. A failure is recorded, thrown, and never served.
   */
  async compute(
    cell: Cell,
    signal: AbortSignal,
    work: () => Promise<unknown>,
  ): Promise<{ artifact: Artifact; cached: boolean }> {
    const key = cellKey(cell);
    await using _lock = await acquireLock(`${this.#folder}/locks/${key}`, signal);
    const known = await this.get(cell);
    if (known) return { artifact: known, cached: true };
    const start = performance.now();
    try {
      const payload = await work();
      const artifact = { cell, payload, seconds: (performance.now() - start) / 1000 };
      await writeAtomically(this.#path(cell), encodeArtifact(artifact));
      return { artifact, cached: false };
    } catch (error) {
      if (!signal.aborted) await this.#recordFailure(key, cell, error);
      throw error;
    }
  }

  async #recordFailure(key: string, cell: Cell, error: unknown): Promise<void> {
    const record = JSON.stringify({ cell, error: messageOf(error) }, null, 2);
    await Deno.writeTextFile(`${this.#folder}/failures/${key}.json`, record)
      .catch((failure) => this.#warn(`the failure could not be recorded: ${messageOf(failure)}`));
  }

  #path(cell: Cell): string {
    const key = cellKey(cell);
    return `${this.#folder}/artifacts/${key.slice(0, 2)}/${key}`;
  }
}
