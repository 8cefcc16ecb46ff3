/**
 * What a PNG's chunks say before anything is decoded (ISO/IEC 15948, clauses 5 and 11).
 *
 * @module
 */
import { RunError } from "../base/mod.ts";

/** Samples a pixel, by colour type: grey, RGB, palette index, grey with alpha, RGBA. */
const SAMPLES: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };

/** Colour type of pixels that are indices into a palette. */
export const INDEXED = 3;

/** Corner and step of the seven passes of interlacing (Adam7): x, y, step in x, step in y. */
const PASSES = [
  [0, 0, 8, 8],
  [4, 0, 8, 8],
  [0, 4, 4, 8],
  [2, 0, 4, 4],
  [0, 2, 2, 4],
  [1, 0, 2, 2],
  [0, 1, 1, 2],
] as const;

/** A PNG taken apart. */
export interface PngChunks {
  readonly width: number;
  readonly height: number;
  /** Bits a sample. */
  readonly depth: number;
  readonly colourType: number;
  /** Samples a pixel. */
  readonly samples: number;
  readonly interlaced: boolean;
  /** The compressed image. */
  readonly imageData: Uint8Array;
  /** A PNG of nothing but header, palette and image data. */
  readonly essential: Uint8Array;
}

/**
 * @param file Name for errors.
 * @throws {RunError} Naming the offset, when the file is cut off or its header is wrong.
 */
export function readPngChunks(bytes: Uint8Array, file: string): PngChunks {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const essential = [bytes.subarray(0, 8)];
  const imageData: Uint8Array[] = [];
  let type = "";
  for (let at = 8; type !== "IEND";) {
    const end = at + 12 <= bytes.length ? at + 12 + view.getUint32(at) : Infinity;
    if (end > bytes.length) {
      throw new RunError(
        `${file}: truncated PNG: the chunk at offset ${at} ends behind the ${bytes.length} bytes`,
      );
    }
    type = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
    if (at === 8 && (type !== "IHDR" || end !== 33)) {
      throw new RunError(`${file}: corrupt PNG: no header at offset 8`);
    }
    if (["IHDR", "PLTE", "IDAT", "IEND"].includes(type)) essential.push(bytes.subarray(at, end));
    if (type === "IDAT") imageData.push(bytes.subarray(at + 8, end - 4));
    at = end;
  }
  const [depth, colourType] = [bytes[24]!, bytes[25]!];
  const samples = SAMPLES[colourType];
  if (samples === undefined) {
    throw new RunError(`${file}: corrupt PNG: offset 25: colour type ${colourType}`);
  }
  return {
    width: view.getUint32(16),
    height: view.getUint32(20),
    depth,
    colourType,
    samples,
    interlaced: bytes[28] === 1,
    imageData: joined(imageData),
    essential: joined(essential),
  };
}

/** Bytes of the image once inflated: one for the filter, then the packed samples, for each row. */
export function inflatedBytes(
  { width, height, depth, samples, interlaced }: PngChunks,
): number {
  const bytesOf = (columns: number, rows: number) =>
    columns > 0 && rows > 0 ? rows * (1 + Math.ceil(columns * depth * samples / 8)) : 0;
  if (!interlaced) return bytesOf(width, height);
  return PASSES.reduce(
    (sum, [x, y, stepX, stepY]) =>
      sum + bytesOf(Math.ceil((width - x) / stepX), Math.ceil((height - y) / stepY)),
    0,
  );
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
