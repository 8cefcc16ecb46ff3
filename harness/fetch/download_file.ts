/**
 * Downloading one pinned file: from the first source that has it, resumed where it stopped, checked
 * before it gets its name.
 *
 * @module
 */
import { basename } from "node:path";
import { type Progress, RunError } from "../base/mod.ts";
import { PartFile } from "./part_file.ts";
import { chunksOf, type Pin, PinnedDigest } from "./pinned_digest.ts";
import { receive } from "./receive.ts";
import { GaveUpError, RefusedError, StopError, TransientError } from "./transfer_error.ts";

/** How patient transfers are. */
export interface Patience {
  /** Milliseconds to wait before each further attempt; as many attempts as there are waits, and one. */
  readonly retryDelays: readonly number[];
  /** Milliseconds without a byte after which a connection counts as cut. */
  readonly stallTimeout: number;
}

/** Five attempts within a quarter of a minute; a minute of silence is a cut connection. */
export const DEFAULT_PATIENCE: Patience = {
  retryDelays: [1_000, 2_000, 4_000, 8_000],
  stallTimeout: 60_000,
};

/** What every transfer of a command shares. */
export interface Transfer {
  readonly hosts: readonly string[];
  readonly patience: Patience;
  readonly progress: Progress;
  readonly signal: AbortSignal;
  /** Receives a line for people. */
  readonly log: (line: string) => void;
}

/**
 * Makes sure that the pinned file is at `target`.
 *
 * @param urls Where it can be had, best first.
 * @returns `present` when it was there already, by its digest.
 * @throws {RunError} Naming the file and what was wrong with each source.
 * @throws {StopError} When the disk is full or the connection failed every time: a repeat resumes.
 */
export async function downloadFile(
  target: string,
  pin: Pin,
  urls: readonly string[],
  transfer: Transfer,
): Promise<"fetched" | "present"> {
  const { log } = transfer;
  const difference = await differenceAt(target, pin, transfer);
  if (difference === undefined) return "present";
  if (difference !== "absent") log(`${target}: ${difference}; fetching it again`);

  const refusals: string[] = [];
  let gaveUp = false;
  for (const url of urls) {
    try {
      await downloadFrom(url, target, pin, transfer);
      return "fetched";
    } catch (error) {
      if (!(error instanceof RefusedError)) throw error;
      gaveUp ||= error instanceof GaveUpError;
      refusals.push(`${url}: ${error.message}`);
      log(refusals.at(-1)!);
    }
  }
  const message = `${target}: cannot be downloaded: ${refusals.join("; ")}`;
  if (!gaveUp) throw new RunError(message);
  throw new StopError(`${message}; a repeat of the command goes on from where it stopped`);
}

async function differenceAt(
  target: string,
  pin: Pin,
  { progress, signal }: Transfer,
): Promise<string | undefined> {
  const { size } = await Deno.stat(target).catch((error) => {
    if (error instanceof Deno.errors.NotFound) return { size: undefined };
    throw error;
  });
  if (size === undefined) return "absent";
  if (size !== pin.bytes) return `${size} bytes, wanted ${pin.bytes}`;
  const task = progress.begin(`checking ${basename(target)}`, pin.bytes, "bytes");
  try {
    using file = await Deno.open(target);
    const digest = new PinnedDigest(pin);
    for await (const chunk of chunksOf(file, signal, task)) digest.update(chunk);
    return digest.mismatch();
  } finally {
    task.finish();
  }
}

/** Attempts from one source, with growing waits between them. */
async function downloadFrom(
  url: string,
  target: string,
  pin: Pin,
  transfer: Transfer,
): Promise<void> {
  const { patience, signal, log } = transfer;
  for (let attempt = 0;; attempt++) {
    try {
      return await attemptFrom(url, target, pin, transfer);
    } catch (error) {
      if (!(error instanceof TransientError)) throw error;
      const delay = patience.retryDelays[attempt];
      if (delay === undefined) {
        throw new GaveUpError(`${error.message}; gave up after ${attempt + 1} attempts`);
      }
      log(`${basename(target)}: ${error.message}; trying again in ${delay / 1000} s`);
      await pause(delay, signal);
    }
  }
}

async function attemptFrom(
  url: string,
  target: string,
  pin: Pin,
  transfer: Transfer,
): Promise<void> {
  using part = await PartFile.open(target, pin, transfer.signal);
  const resumed = part.size;
  if (part.size < pin.bytes) {
    await receive(url, {
      part,
      pin,
      label: basename(target),
      hosts: transfer.hosts,
      stallTimeout: transfer.patience.stallTimeout,
      progress: transfer.progress,
      signal: transfer.signal,
    });
  }
  const difference = await part.check();
  if (difference === undefined) return await part.commit();
  // The earlier part may be at fault: this source gets a chance to send the whole file.
  if (resumed > 0) throw new TransientError(`the resumed file has ${difference}`);
  throw new RefusedError(`sent a file with ${difference}; it was deleted`);
}

function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer);
      reject(signal.reason);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener("abort", stop);
      resolve();
    }, milliseconds);
    signal.addEventListener("abort", stop, { once: true });
  });
}
