/**
 * The content-addressed store: each cell is computed once, by one process, and its artifact is checked
 * on every read.
 *
 * ```
 * artifacts/ab/abcdef...   one file a cell, named by its key
 * locks/                   one file for each cell that is being computed
 * tmp/<pid>-<uuid>/        what one process writes before it is whole
 * corrupt/                 damaged artifacts, set aside
 * failures/                why a cell failed last time; never served
 * checkpoints/             training runs that are not over
 * ```
 *
 * @module
 */
import { type CreateFile, createFile, messageOf, RunError, writeAtomically } from "../base/mod.ts";
import { type Artifact, decodeArtifact, encodeArtifact } from "./artifact.ts";
import { type Cell, cellKey } from "./cell.ts";
import type { CheckpointPlace } from "../train/mod.ts";
import { acquireLock } from "./lock.ts";
import { PATIENCE, type Patience, sweepWorkspaces, Workspace } from "./workspace.ts";

/** Largest artifact that is written or read, in bytes. */
const LARGEST = 2 ** 31;

/** What tests replace. */
export interface StoreOptions {
  readonly patience?: Patience;
  readonly create?: CreateFile;
}

/** A store in a folder. Disposal deletes the temporary files of this process. */
export class Store implements Disposable {
  readonly #folder: string;
  readonly #warn: (message: string) => void;
  readonly #workspace: Workspace;
  readonly #patience: Patience;
  readonly #create: CreateFile;
  /** Other processes that the user knows we wait for. */
  readonly #announced = new Set<string>();

  private constructor(
    folder: string,
    warn: (message: string) => void,
    workspace: Workspace,
    { patience, create }: Required<StoreOptions>,
  ) {
    this.#folder = folder;
    this.#warn = warn;
    this.#workspace = workspace;
    this.#patience = patience;
    this.#create = create;
  }

  /**
   * Opens a store; makes the folder when there is none; deletes what killed processes left half done.
   *
   * @param warn Hears of artifacts that were set aside, and once of each process that is waited for.
   * @throws {RunError} When the folder cannot be used.
   */
  static async open(
    folder: string,
    warn: (message: string) => void,
    { patience = PATIENCE, create = createFile }: StoreOptions = {},
  ): Promise<Store> {
    try {
      for (const part of ["artifacts", "locks", "corrupt", "failures", "checkpoints", "tmp"]) {
        await Deno.mkdir(`${folder}/${part}`, { recursive: true });
      }
      await sweepWorkspaces(`${folder}/tmp`, patience);
      const workspace = await Workspace.open(`${folder}/tmp`, patience);
      return new Store(folder, warn, workspace, { patience, create });
    } catch (error) {
      throw new RunError(`${folder}: cannot be used as a store: ${messageOf(error)}`);
    }
  }

  /** A folder of this process for files that nobody misses; deleted with the store's disposal. */
  get temporaryFolder(): string {
    return this.#workspace.folder;
  }

  /** Whether there is an artifact of a cell. Cheap: its content is not checked. */
  async has(cell: Cell): Promise<boolean> {
    const path = this.#path(cellKey(cell));
    try {
      return (await Deno.stat(path)).isFile;
    } catch (error) {
      if (error instanceof Deno.errors.NotFound) return false;
      throw new RunError(`${path}: cannot be read: ${messageOf(error)}`);
    }
  }

  /**
   * The artifact of a cell, or undefined. A damaged one is set aside and counts as none.
   *
   * @throws {RunError} When there is one that cannot be read or set aside.
   */
  async get(cell: Cell): Promise<Artifact | undefined> {
    const key = cellKey(cell);
    const path = this.#path(key);
    const bytes = await this.#read(path);
    if (!bytes) return undefined;
    try {
      const artifact = decodeArtifact(bytes);
      const held = cellKey(artifact.cell);
      if (held !== key) throw new Error(`holds cell ${held} when expected ${key}`);
      return artifact;
    } catch (error) {
      await this.#setAside(path, key, messageOf(error));
      return undefined;
    }
  }

  /**
   * Keeps what a cell produced, in place of anything known before.
   *
   * @param payload JSON value or Uint8Array.
   * @param seconds How long it took.
   * @throws {RunError} Naming the file, when it cannot be written; earlier artifacts stay.
   */
  async put(cell: Cell, payload: unknown, seconds: number): Promise<Artifact> {
    const key = cellKey(cell);
    const bytes = encodeArtifact({ cell, payload, seconds });
    const path = this.#path(key);
    if (bytes.length > LARGEST) {
      throw new RunError(
        `${path}: cannot be written: ${bytes.length} bytes, wanted at most ${LARGEST}`,
      );
    }
    await this.#write(path, bytes);
    await Deno.remove(this.#failurePath(key)).catch(() => {});
    // As a later run will read it, so that a run is the same with and without the store.
    return decodeArtifact(bytes);
  }

  /**
   * The artifact of a cell, computed when there is none. When another process is computing it, waits for
   * that one. A failure is recorded, thrown, and never served.
   */
  async compute(
    cell: Cell,
    signal: AbortSignal,
    work: (signal: AbortSignal) => Promise<unknown>,
  ): Promise<{ artifact: Artifact; cached: boolean }> {
    const known = await this.get(cell);
    if (known) return { artifact: known, cached: true };
    await using _lock = await this.#lock(cell, signal);
    const meanwhile = await this.get(cell);
    if (meanwhile) return { artifact: meanwhile, cached: true };
    const start = performance.now();
    let payload: unknown;
    try {
      payload = await work(signal);
    } catch (error) {
      if (!signal.aborted) await this.#noteFailure(cell, messageOf(error));
      throw error;
    }
    const seconds = (performance.now() - start) / 1000;
    return { artifact: await this.put(cell, payload, seconds), cached: false };
  }

  /** Where the work on a cell keeps what it needs to go on when it is interrupted. */
  checkpointPlace(cell: Cell): CheckpointPlace {
    const key = cellKey(cell);
    return {
      path: `${this.#folder}/checkpoints/${key}`,
      key,
      write: (path, bytes) => this.#write(path, bytes),
      warn: this.#warn,
    };
  }

  /** Keeps why a cell failed, for people. It is never served as an artifact. */
  async recordFailure(cell: Cell, message: string): Promise<void> {
    const record = JSON.stringify({ cell, error: message }, null, 2) + "\n";
    await this.#write(this.#failurePath(cellKey(cell)), new TextEncoder().encode(record));
  }

  [Symbol.dispose](): void {
    this.#workspace[Symbol.dispose]();
  }

  async #read(path: string): Promise<Uint8Array | undefined> {
    try {
      const { size } = await Deno.stat(path);
      if (size > LARGEST) throw new Error(`${size} bytes, wanted at most ${LARGEST}`);
      return await Deno.readFile(path);
    } catch (error) {
      if (error instanceof Deno.errors.NotFound) return undefined;
      throw new RunError(`${path}: cannot be read: ${messageOf(error)}`);
    }
  }

  async #noteFailure(cell: Cell, message: string): Promise<void> {
    try {
      await this.recordFailure(cell, message);
    } catch (error) {
      this.#warn(messageOf(error));
    }
  }

  #lock(cell: Cell, signal: AbortSignal): Promise<AsyncDisposable> {
    const key = cellKey(cell);
    return acquireLock(`${this.#folder}/locks/${key}`, {
      workspace: this.#workspace,
      workspaces: `${this.#folder}/tmp`,
      patience: this.#patience,
      signal,
      onWait: (holder) => {
        if (this.#announced.has(holder)) return;
        this.#announced.add(holder);
        this.#warn(`waiting for process ${parseInt(holder) || "?"}, which computes cell ${key}`);
      },
    });
  }

  async #setAside(path: string, key: string, damage: string): Promise<void> {
    const aside = `${this.#folder}/corrupt/${key}-${Deno.pid}-${crypto.randomUUID()}`;
    try {
      await Deno.rename(path, aside);
    } catch (error) {
      // Another process may have been faster.
      if (error instanceof Deno.errors.NotFound) return;
      throw new RunError(`${path}: cannot be moved to ${aside}: ${messageOf(error)}`);
    }
    this.#warn(`${path}: ${damage}; moved to ${aside}, will be computed again`);
  }

  #write(path: string, bytes: Uint8Array): Promise<void> {
    return writeAtomically(path, bytes, {
      temporaryFolder: this.#workspace.folder,
      create: this.#create,
    });
  }

  #path(key: string): string {
    return `${this.#folder}/artifacts/${key.slice(0, 2)}/${key}`;
  }

  #failurePath(key: string): string {
    return `${this.#folder}/failures/${key}.json`;
  }
}
