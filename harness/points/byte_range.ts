/**
 * A part of a file that is read at any place, for instance one member of an archive.
 *
 * @module
 */
import { RunError } from "../base/mod.ts";

/** Bytes of an open file. */
export class ByteRange implements Disposable {
  /** Name for errors. */
  readonly name: string;
  readonly length: number;
  readonly #file: Deno.FsFile;
  readonly #start: number;
  readonly #onDispose: () => void;

  constructor(
    name: string,
    file: Deno.FsFile,
    start: number,
    length: number,
    onDispose: () => void,
  ) {
    this.name = name;
    this.length = length;
    this.#file = file;
    this.#start = start;
    this.#onDispose = onDispose;
  }

  /**
   * A whole file.
   *
   * @throws {RunError} When there is no such file.
   */
  static open(path: string): ByteRange {
    let file: Deno.FsFile;
    try {
      file = Deno.openSync(path);
    } catch (error) {
      if (error instanceof Deno.errors.NotFound) throw new RunError(`${path}: no such file`);
      if (error instanceof Deno.errors.IsADirectory) throw notAFile(path);
      if (error instanceof Deno.errors.PermissionDenied) {
        throw new RunError(`${path}: no permission to read it`);
      }
      throw error;
    }
    const { isFile, size } = file.statSync();
    if (!isFile) {
      file.close();
      throw notAFile(path);
    }
    return new ByteRange(path, file, 0, size, () => file.close());
  }

  /**
   * A part, which can be read until this range is disposed of.
   *
   * @throws {RunError} When it leaves this range.
   */
  part(name: string, start: number, length: number): ByteRange {
    this.#require(start, length);
    return new ByteRange(name, this.#file, this.#start + start, length, () => {});
  }

  /**
   * Fills a buffer with the bytes from `offset` on and returns it.
   *
   * @throws {RunError} When they leave the range, or the file became shorter.
   */
  read(offset: number, into: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
    this.#require(offset, into.length);
    this.#file.seekSync(this.#start + offset, Deno.SeekMode.Start);
    for (let at = 0; at < into.length;) {
      const got = this.#file.readSync(into.subarray(at));
      if (got === null) {
        throw new RunError(`${this.name}: ends at byte ${offset + at}, wanted ${this.length}`);
      }
      at += got;
    }
    return into;
  }

  #require(offset: number, length: number): void {
    if (!(offset >= 0 && length >= 0 && offset + length <= this.length)) {
      throw new RunError(
        `${this.name}: offset ${offset}: ${length} bytes wanted, the file has ${this.length}`,
      );
    }
  }

  [Symbol.dispose](): void {
    this.#onDispose();
  }
}

function notAFile(path: string): RunError {
  return new RunError(`${path}: no file, wanted .npy, .npz or a table of numbers as text`);
}
