import { Buffer } from "node:buffer";
import type { PointsFile } from "../mod.ts";
import { openPoints } from "../mod.ts";
import numpy from "./numpy_files.json" with { type: "json" };

/** Files written by NumPy, in base64. */
export const numpyFiles = numpy;

/** A folder that is removed afterwards, and must be empty but for the file by then. */
export async function withFile(
  name: string,
  content: string | Uint8Array,
  body: (path: string, folder: string) => void | Promise<void>,
): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    const path = `${folder}/${name}`;
    await Deno.writeFile(path, bytesOf(content));
    await body(path, folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** Opens a file with the usual options. */
export function open(path: string, array?: string): Promise<PointsFile> {
  const temporaryFolder = path.slice(0, path.lastIndexOf("/"));
  return openPoints(path, { array, temporaryFolder, signal: new AbortController().signal });
}

/** All rows of a file. */
export async function rowsOf(file: PointsFile): Promise<number[][]> {
  const rows: number[][] = [];
  for await (const { firstRow, values } of file.blocks()) {
    if (firstRow !== rows.length) throw new Error(`block at ${firstRow}, wanted ${rows.length}`);
    for (let at = 0; at < values.length; at += file.features) {
      rows.push(Array.from(values.subarray(at, at + file.features)));
    }
  }
  return rows;
}

/** Bytes from base64. */
export function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(Buffer.from(text, "base64"));
}

/** A NumPy file of format version 1 with any header. */
export function npyWith(header: string, data: Uint8Array): Uint8Array<ArrayBuffer> {
  const text = new TextEncoder().encode(header);
  const length = new Uint8Array([text.length & 255, text.length >> 8]);
  return joined(new Uint8Array([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0]), length, text, data);
}

/** Parts after each other. */
export function joined(...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  return new Uint8Array(Buffer.concat(parts));
}

function bytesOf(content: string | Uint8Array): Uint8Array {
  return typeof content === "string" ? new TextEncoder().encode(content) : content;
}
