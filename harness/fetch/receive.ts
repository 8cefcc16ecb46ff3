/**
 * One attempt to get what is missing of a file.
 *
 * @module
 */
import { messageOf, type Progress } from "../base/mod.ts";
import { openUrl } from "./open_url.ts";
import type { Origin, PartFile } from "./part_file.ts";
import type { Pin } from "./pinned_digest.ts";
import { RefusedError, TransientError } from "./transfer_error.ts";

/** Everything an attempt needs besides its address. */
export interface Reception {
  readonly part: PartFile;
  readonly pin: Pin;
  /** The file's name, for progress. */
  readonly label: string;
  readonly hosts: readonly string[];
  /** Milliseconds without a byte after which the connection is given up. */
  readonly stallTimeout: number;
  readonly progress: Progress;
  readonly signal: AbortSignal;
}

/**
 * Asks for the bytes after those that the part has (RFC 9110, Range and If-Range) and appends them.
 * Starts again when the server ignores the range or has another version of the file.
 *
 * @throws {RefusedError} When the server has a file of another size.
 * @throws {TransientError} When the file is not complete afterwards.
 */
export async function receive(url: string, reception: Reception): Promise<void> {
  const { part, pin, label, hosts, stallTimeout, progress, signal } = reception;
  using watch = stallWatch(stallTimeout);
  const both = AbortSignal.any([signal, watch.signal]);
  const response = await openUrl(url, hosts, await requestHeaders(url, part), both);
  const body = response.body;
  try {
    await position(response, url, part, pin);
    const task = progress.begin(label, pin.bytes, "bytes");
    try {
      task.advance(part.size);
      for await (const chunk of chunks(body, both)) {
        watch.beat();
        if (part.size + chunk.length > pin.bytes) {
          await part.restart();
          throw new RefusedError(`sends more than ${pin.bytes} bytes`);
        }
        await part.append(chunk);
        task.advance(chunk.length);
      }
    } finally {
      task.finish();
    }
  } finally {
    if (body && !body.locked) await body.cancel().catch(() => {});
  }
  if (part.size < pin.bytes) {
    throw new TransientError(`the connection ended after ${part.size} of ${pin.bytes} bytes`);
  }
}

async function requestHeaders(url: string, part: PartFile): Promise<Record<string, string>> {
  // Compression on the way would change lengths and offsets.
  const headers: Record<string, string> = { "accept-encoding": "identity" };
  if (part.size === 0) return headers;
  headers["range"] = `bytes=${part.size}-`;
  const origin = await part.origin();
  if (origin?.url === url && origin.validator !== null) headers["if-range"] = origin.validator;
  return headers;
}

/** Brings the part to where the answer's body starts. */
async function position(
  response: Response,
  url: string,
  part: PartFile,
  pin: Pin,
): Promise<void> {
  if (response.status === 416) {
    await part.restart();
    throw new TransientError("the server cannot go on from where the file stopped");
  }
  if (response.status === 206) {
    const [, start, total] = /^bytes (\d+)-\d+\/(\d+|\*)$/.exec(
      response.headers.get("content-range") ?? "",
    ) ?? [];
    if (total !== undefined && total !== "*") checkSize(Number(total), pin);
    if (Number(start) === part.size) return;
    await part.restart();
    throw new TransientError("the server sent another range than the one asked for");
  }
  const length = response.headers.get("content-length");
  if (length !== null) checkSize(Number(length), pin);
  await part.restart({ url, validator: validatorOf(response.headers) });
}

function checkSize(size: number, pin: Pin): void {
  if (size !== pin.bytes) throw new RefusedError(`has ${size} bytes, wanted ${pin.bytes}`);
}

/** What If-Range may carry: a weak ETag does not promise the same bytes. */
function validatorOf(headers: Headers): Origin["validator"] {
  const etag = headers.get("etag");
  return etag?.startsWith('"') ? etag : headers.get("last-modified");
}

async function* chunks(
  body: ReadableStream<Uint8Array> | null,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array> {
  const reader = body?.getReader();
  if (!reader) return;
  try {
    for (;;) {
      const { done, value } = await read(reader, signal);
      if (done) return;
      yield value;
    }
  } finally {
    await reader.cancel().catch(() => {});
    reader.releaseLock();
  }
}

async function read(reader: ReadableStreamDefaultReader<Uint8Array>, signal: AbortSignal) {
  try {
    return await reader.read();
  } catch (error) {
    signal.throwIfAborted();
    throw new TransientError(messageOf(error));
  }
}

/** Aborts when nobody calls `beat` for some time. */
function stallWatch(timeout: number) {
  const controller = new AbortController();
  const stalled = () =>
    controller.abort(new TransientError(`nothing came for ${timeout / 1000} s`));
  let timer = setTimeout(stalled, timeout);
  return {
    signal: controller.signal,
    beat() {
      clearTimeout(timer);
      timer = setTimeout(stalled, timeout);
    },
    [Symbol.dispose]: () => clearTimeout(timer),
  };
}
