/**
 * From JPEG and PNG files to 8-bit pixels. JPEG goes through libjpeg's own arithmetic (mozjpeg), since
 * one level of difference in each pixel moves the ID at the peak by a fifth.
 *
 * @module
 */
import jpegDecode from "@jsquash/jpeg/decode.js";
import { decode as pngDecode } from "fast-png";
import { messageOf, RunError } from "../base/mod.ts";
import { readJpegHeader } from "./jpeg_header.ts";
import type { Image } from "./image.ts";

/** More pixels than this are refused before memory is taken for them. */
const MOST_PIXELS = 64 * 2 ** 20;

const PNG_SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

/**
 * Decodes an image to grey or RGB, the kind told by its first bytes. An EXIF orientation is ignored, as
 * in Pillow and torchvision.
 *
 * @param file Name for errors.
 * @throws {RunError} When the file is empty, cut off, too large, CMYK or neither JPEG nor PNG.
 */
export async function decodeImage(bytes: Uint8Array, file: string): Promise<Image> {
  if (bytes.length === 0) throw new RunError(`${file}: empty, wanted a JPEG or PNG image`);
  if (bytes[0] === 0xff && bytes[1] === 0xd8) return await decodeJpeg(bytes, file);
  if (PNG_SIGNATURE.every((byte, at) => bytes[at] === byte)) return decodePng(bytes, file);
  const start = Array.from(bytes.subarray(0, 4), (byte) => byte.toString(16).padStart(2, "0"));
  throw new RunError(`${file}: neither JPEG nor PNG, starts with bytes ${start.join(" ")}`);
}

async function decodeJpeg(bytes: Uint8Array, file: string): Promise<Image> {
  const header = readJpegHeader(bytes);
  if (!header) throw new RunError(`${file}: corrupt JPEG: no readable frame header`);
  const { width, height, components, complete } = header;
  refuseSize(width, height, file);
  if (components !== 1 && components !== 3) {
    throw new RunError(
      `${file}: JPEG with ${components} colour components (CMYK), wanted 1 (grey) or 3 (colour): ` +
        "convert it first, as the result depends on the colour profile",
    );
  }
  if (!complete) {
    throw new RunError(`${file}: truncated JPEG: no end marker in ${bytes.length} bytes`);
  }
  let rgba: ArrayLike<number>;
  try {
    rgba = (await jpegDecode(exactBuffer(bytes))).data;
  } catch (error) {
    throw new RunError(`${file}: corrupt JPEG: ${messageOf(error)}`);
  }
  if (rgba.length !== 4 * width * height) {
    throw new RunError(
      `${file}: corrupt JPEG: ${rgba.length / 4} pixels, wanted ${width * height}`,
    );
  }
  return { width, height, channels: 3, data: withoutAlpha(rgba, 4) };
}

function decodePng(bytes: Uint8Array, file: string): Image {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 33) throw new RunError(`${file}: truncated PNG of ${bytes.length} bytes`);
  refuseSize(view.getUint32(16), view.getUint32(20), file);
  if (bytes[24] === 16) {
    throw new RunError(`${file}: PNG with 16 bits a channel, wanted 8: convert it first`);
  }
  let image: ReturnType<typeof pngDecode>;
  try {
    image = pngDecode(bytes, { checkCrc: true });
  } catch (error) {
    throw new RunError(`${file}: corrupt PNG: ${messageOf(error)}`);
  }
  const { width, height, channels, palette, depth } = image;
  if (palette) {
    const data = new Uint8Array(3 * width * height);
    for (let i = 0; i < width * height; i++) {
      data.set((palette[image.data[i]!] ?? [0, 0, 0]).slice(0, 3), 3 * i);
    }
    return { width, height, channels: 3, data };
  }
  if (depth !== 8) throw new RunError(`${file}: PNG with ${depth} bits a channel, wanted 8`);
  const grey = channels <= 2;
  const data = grey && channels === 1
    ? Uint8Array.from(image.data)
    : grey
    ? Uint8Array.from({ length: width * height }, (_, i) => image.data[2 * i]!)
    : withoutAlpha(image.data, channels);
  return { width, height, channels: grey ? 1 : 3, data };
}

function refuseSize(width: number, height: number, file: string): void {
  if (width === 0 || height === 0 || width * height > MOST_PIXELS) {
    throw new RunError(
      `${file}: image of ${width} x ${height} pixels, wanted 1 to ${MOST_PIXELS} pixels`,
    );
  }
}

function withoutAlpha(values: ArrayLike<number>, channels: number): Uint8Array {
  const pixels = values.length / channels;
  const rgb = new Uint8Array(3 * pixels);
  for (let i = 0; i < pixels; i++) {
    rgb[3 * i] = values[channels * i]!;
    rgb[3 * i + 1] = values[channels * i + 1]!;
    rgb[3 * i + 2] = values[channels * i + 2]!;
  }
  return rgb;
}

function exactBuffer(bytes: Uint8Array): ArrayBuffer {
  return bytes.byteOffset === 0 && bytes.buffer instanceof ArrayBuffer &&
      bytes.buffer.byteLength === bytes.byteLength
    ? bytes.buffer
    : bytes.slice().buffer;
}
