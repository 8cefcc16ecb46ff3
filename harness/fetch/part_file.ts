/**
 * A download under way: `<file>.part` with the bytes so far, `<file>.part.json` with where they came
 * from. Both outlive the process, so that the next one can go on.
 *
 * @module
 */
import { dirname } from "node:path";
import { z } from "zod";
import { messageOf, RunError } from "../base/mod.ts";
import { chunksOf, type Pin, PinnedDigest } from "./pinned_digest.ts";
import { StopError } from "./transfer_error.ts";

const originSchema = z.strictObject({ url: z.string(), validator: z.string().nullable() });

/** Where the bytes of a part came from. */
export interface Origin {
  readonly url: string;
  /** A strong ETag or a Last-Modified date; null when the server gave neither. */
  readonly validator: string | null;
}

/** The part of one file. */
export class PartFile implements Disposable {
  readonly #target: string;
  readonly #pin: Pin;
  readonly #file: Deno.FsFile;
  #digest: PinnedDigest;
  #size = 0;
  #isOpen = true;

  private constructor(target: string, pin: Pin, file: Deno.FsFile) {
    this.#target = target;
    this.#pin = pin;
    this.#file = file;
    this.#digest = new PinnedDigest(pin);
  }

  /** Opens the part of `target` and reads what it has; a part that is too long starts again. */
  static async open(target: string, pin: Pin, signal: AbortSignal): Promise<PartFile> {
    await Deno.mkdir(dirname(target), { recursive: true });
    const file = await Deno.open(`${target}.part`, { read: true, write: true, create: true });
    const part = new PartFile(target, pin, file);
    try {
      const { size } = await file.stat();
      if (size > pin.bytes) {
        await part.restart();
      } else {
        for await (const chunk of chunksOf(file, signal)) part.#count(chunk);
      }
      return part;
    } catch (error) {
      part[Symbol.dispose]();
      throw error;
    }
  }

  /** Bytes so far. */
  get size(): number {
    return this.#size;
  }

  /** Where the bytes so far came from; undefined when that is not known. */
  async origin(): Promise<Origin | undefined> {
    try {
      return originSchema.parse(JSON.parse(await Deno.readTextFile(`${this.#target}.part.json`)));
    } catch {
      return undefined;
    }
  }

  /** Forgets what is there. */
  async restart(origin?: Origin): Promise<void> {
    await this.#file.truncate(0);
    await this.#file.seek(0, Deno.SeekMode.Start);
    this.#digest = new PinnedDigest(this.#pin);
    this.#size = 0;
    if (origin) await Deno.writeTextFile(`${this.#target}.part.json`, JSON.stringify(origin));
  }

  /**
   * Appends bytes.
   *
   * @throws {StopError} When the disk is full; what was written stays.
   */
  async append(bytes: Uint8Array): Promise<void> {
    try {
      for (let at = 0; at < bytes.length;) {
        const written = await this.#file.write(bytes.subarray(at));
        this.#count(bytes.subarray(at, at + written));
        at += written;
      }
    } catch (error) {
      throw this.#writeError(error);
    }
  }

  /** What is wrong with the complete file, or undefined. Ends the part when something is. */
  async check(): Promise<string | undefined> {
    const difference = this.#digest.mismatch();
    if (difference !== undefined) await this.restart();
    return difference;
  }

  /** Flushes to the disk and gives the file its name. */
  async commit(): Promise<void> {
    try {
      await this.#file.sync();
    } catch (error) {
      throw this.#writeError(error);
    }
    this.#isOpen = false;
    this.#file.close();
    await Deno.rename(`${this.#target}.part`, this.#target);
    this.#remove();
  }

  /** Closes the file; a part without bytes leaves nothing behind. */
  [Symbol.dispose](): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    this.#file.close();
    if (this.#size === 0) this.#remove();
  }

  #remove(): void {
    for (const path of [`${this.#target}.part`, `${this.#target}.part.json`]) {
      try {
        Deno.removeSync(path);
      } catch (error) {
        if (!(error instanceof Deno.errors.NotFound)) throw error;
      }
    }
  }

  #count(bytes: Uint8Array): void {
    this.#digest.update(bytes);
    this.#size += bytes.length;
  }

  #writeError(error: unknown): Error {
    const isFull = /os error (28|112)\b|no space left/i.test(messageOf(error));
    if (!isFull) {
      return new RunError(`${this.#target}.part: cannot be written: ${messageOf(error)}`);
    }
    const missing = this.#pin.bytes - this.#size;
    return new StopError(
      `${this.#target}.part: the disk is full, ${missing} more bytes are needed; make room and ` +
        "repeat the command, which goes on from here",
    );
  }
}
