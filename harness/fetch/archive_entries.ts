/**
 * Reading a tar.gz archive that nobody vouches for.
 *
 * @module
 */
import { Readable } from "node:stream";
import { extract, type Header } from "tar-stream";
import { messageOf, type ProgressTask, RunError } from "../base/mod.ts";
import { chunksOf } from "./pinned_digest.ts";

/** How large an archive may become. */
export interface ArchiveLimits {
  readonly entries: number;
  readonly entryBytes: number;
  /** The whole archive without its compression, headers included. */
  readonly totalBytes: number;
}

/** A file in the archive. Its content must be read, or passed over, before the next one comes. */
export interface ArchiveFile {
  /** Path of plain names with `/` between them. */
  readonly path: string;
  readonly bytes: number;
  read(): Promise<Uint8Array>;
}

/**
 * The files of an archive, one after the other. Directories are passed over. Nothing is written.
 *
 * @param task Advances by the compressed bytes.
 * @throws {RunError} When the archive is broken, breaks a limit, or has an entry that is neither a
 * file nor a directory (links of both kinds, devices, pipes), that leaves its folder (absolute, `..`,
 * backslash, drive letter, NUL), or that comes twice (also when only upper and lower case differ).
 */
export async function* archiveEntries(
  archive: string,
  limits: ArchiveLimits,
  signal: AbortSignal,
  task: ProgressTask,
): AsyncGenerator<ArchiveFile> {
  using file = await Deno.open(archive);
  const tar = extract();
  const source = Readable.from(inflate(file, archive, limits.totalBytes, signal, task));
  source.on("error", (error) => tar.destroy(error));
  source.pipe(tar);
  const fail = (error: unknown): never => {
    signal.throwIfAborted();
    if (error instanceof RunError) throw error;
    throw new RunError(`${archive}: broken archive: ${messageOf(error)}`);
  };
  const seen = new Set<string>();
  let entries = 0;
  try {
    for await (const entry of tar) {
      const { header } = entry;
      const where = `${archive}: entry ${++entries} ${JSON.stringify(header.name)}`;
      if (entries > limits.entries) {
        throw new RunError(`${archive}: more than ${limits.entries} entries`);
      }
      if (header.size > limits.entryBytes) {
        throw new RunError(`${where}: ${header.size} bytes, wanted at most ${limits.entryBytes}`);
      }
      const path = safePath(header, where);
      if (header.type !== "directory") {
        const key = path.toLowerCase();
        if (seen.has(key)) throw new RunError(`${where}: comes twice`);
        seen.add(key);
        yield { path, bytes: header.size, read: () => contentOf(entry, header.size).catch(fail) };
      }
      entry.resume();
    }
  } catch (error) {
    fail(error);
  } finally {
    source.destroy();
    tar.destroy();
  }
}

/** The path of an entry without empty and `.` parts. */
function safePath({ name, type, linkname }: Header, where: string): string {
  if (type !== "file" && type !== "directory") {
    const target = linkname ? ` to ${JSON.stringify(linkname)}` : "";
    throw new RunError(`${where}: ${type ?? "unknown kind"}${target}, wanted a file or directory`);
  }
  if (/[\0\\]/.test(name)) throw new RunError(`${where}: has a NUL or a backslash in its name`);
  if (name.startsWith("/") || /^[a-z]:/i.test(name)) throw new RunError(`${where}: absolute path`);
  const parts = name.split("/").filter((part) => part !== "" && part !== ".");
  if (parts.includes("..")) throw new RunError(`${where}: leaves its folder`);
  return parts.join("/");
}

async function contentOf(entry: AsyncIterable<unknown>, size: number): Promise<Uint8Array> {
  const content = new Uint8Array(size);
  let at = 0;
  for await (const chunk of entry as AsyncIterable<Uint8Array>) {
    content.set(chunk, at);
    at += chunk.length;
  }
  return content;
}

async function* inflate(
  file: Deno.FsFile,
  archive: string,
  limit: number,
  signal: AbortSignal,
  task: ProgressTask,
): AsyncGenerator<Uint8Array> {
  let total = 0;
  const inflated = ReadableStream.from(chunksOf(file, signal, task))
    .pipeThrough(new DecompressionStream("gzip"));
  for await (const chunk of inflated) {
    total += chunk.length;
    if (total > limit) {
      throw new RunError(`${archive}: more than ${limit} bytes without its compression`);
    }
    yield chunk;
  }
}
