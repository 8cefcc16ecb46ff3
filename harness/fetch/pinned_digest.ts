/**
 * Checking bytes against pinned digests while they stream past.
 *
 * @module
 */
import { createHash } from "node:crypto";
import type { ProgressTask } from "../base/mod.ts";

/** Bytes that are read at a time. */
const CHUNK = 2 ** 18;

/** What a file must be. */
export interface Pin {
  readonly bytes: number;
  readonly sha256: string;
  readonly md5?: string | undefined;
}

/** Digests of a stream of bytes, compared with a pin at the end. */
export class PinnedDigest {
  readonly #pin: Pin;
  readonly #sha256 = createHash("sha256");
  readonly #md5 = createHash("md5");

  constructor(pin: Pin) {
    this.#pin = pin;
  }

  update(bytes: Uint8Array): void {
    this.#sha256.update(bytes);
    if (this.#pin.md5 !== undefined) this.#md5.update(bytes);
  }

  /** `SHA-256 x, wanted y`, or undefined when everything agrees. Ends the stream. */
  mismatch(): string | undefined {
    const found = this.#sha256.digest("hex");
    if (found !== this.#pin.sha256) return `SHA-256 ${found}, wanted ${this.#pin.sha256}`;
    if (this.#pin.md5 === undefined) return undefined;
    const foundMd5 = this.#md5.digest("hex");
    return foundMd5 === this.#pin.md5 ? undefined : `MD5 ${foundMd5}, wanted ${this.#pin.md5}`;
  }
}

/** Reads an open file from where it stands to its end, chunk by chunk. */
export async function* chunksOf(
  file: Deno.FsFile,
  signal: AbortSignal,
  task?: ProgressTask,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const buffer = new Uint8Array(CHUNK);
  for (;;) {
    signal.throwIfAborted();
    const count = await file.read(buffer);
    if (count === null) return;
    yield buffer.slice(0, count);
    task?.advance(count);
  }
}
