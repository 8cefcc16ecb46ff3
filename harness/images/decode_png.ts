/**
 * PNG with up to 8 bits a sample.
 *
 * @module
 */
import { inflateSync } from "node:zlib";
import { decode } from "fast-png";
import { messageOf, RunError } from "../base/mod.ts";
import { requireSize } from "./image_size.ts";
import { INDEXED, inflatedBytes, type PngChunks, readPngChunks } from "./png_chunks.ts";
import type { Image } from "./image.ts";

/**
 * Decodes a PNG to grey or RGB: palettes become colours, 1, 2 and 4 bits of grey the whole range, alpha
 * is dropped. 16 bits are refused: Pillow's way to 8 bits differs between its modes and versions.
 *
 * @param file Name for errors.
 * @throws {RunError} When the file is cut off, corrupt, too large or of a kind that is not read.
 */
export function decodePng(bytes: Uint8Array, file: string): Image {
  const chunks = readPngChunks(bytes, file);
  const { width, height, depth, samples, colourType, interlaced } = chunks;
  requireSize(width, height, file);
  if (depth === 16) {
    throw new RunError(`${file}: PNG with 16 bits a channel, wanted 8: convert it first`);
  }
  if (depth < 8 && interlaced) {
    throw new RunError(
      `${file}: interlaced PNG with ${depth} bits a pixel, wanted 8: save it anew`,
    );
  }
  requireImageData(chunks, file);
  let decoded: ReturnType<typeof decode>;
  try {
    decoded = decode(chunks.essential, { checkCrc: true });
  } catch (error) {
    throw new RunError(`${file}: corrupt PNG: ${messageOf(error)}`);
  }
  const values = depth < 8 ? unpacked(decoded.data, width, height, depth) : decoded.data;
  if (colourType === INDEXED) {
    const data = coloursOf(values, decoded.palette ?? [], file);
    return { width, height, channels: 3, data };
  }
  const channels = samples >= 3 ? 3 : 1;
  const data = new Uint8Array(width * height * channels);
  const white = 2 ** depth - 1;
  for (let i = 0; i < width * height; i++) {
    for (let c = 0; c < channels; c++) {
      data[channels * i + c] = values[samples * i + c]! * 255 / white;
    }
  }
  return { width, height, channels, data };
}

/** Inflates once to see that there is neither less nor, as in a decompression bomb, more than a picture. */
function requireImageData(chunks: PngChunks, file: string): void {
  const wanted = inflatedBytes(chunks);
  let found: number;
  try {
    found = inflateSync(chunks.imageData, { maxOutputLength: wanted }).length;
  } catch (error) {
    throw new RunError(
      `${file}: corrupt PNG: image data do not inflate to ${wanted} bytes: ${messageOf(error)}`,
    );
  }
  if (found !== wanted) {
    throw new RunError(`${file}: corrupt PNG: ${found} bytes of image data, wanted ${wanted}`);
  }
}

/** One value a pixel from rows of packed bits, each row padded to whole bytes. */
function unpacked(
  rows: ArrayLike<number>,
  width: number,
  height: number,
  depth: number,
): Uint8Array {
  const values = new Uint8Array(width * height);
  const [perByte, rowBytes, mask] = [8 / depth, Math.ceil(width * depth / 8), 2 ** depth - 1];
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const byte = rows[y * rowBytes + Math.floor(x / perByte)]!;
      values[y * width + x] = byte >> (8 - depth * (1 + x % perByte)) & mask;
    }
  }
  return values;
}

function coloursOf(
  indices: ArrayLike<number>,
  palette: readonly (readonly number[])[],
  file: string,
): Uint8Array {
  const data = new Uint8Array(3 * indices.length);
  for (let i = 0; i < indices.length; i++) {
    const colour = palette[indices[i]!];
    if (!colour) {
      throw new RunError(
        `${file}: corrupt PNG: pixel ${i} has colour ${indices[i]} of ${palette.length}`,
      );
    }
    data.set(colour, 3 * i);
  }
  return data;
}
