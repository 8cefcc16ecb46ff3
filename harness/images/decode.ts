/**
 * From JPEG and PNG files to 8-bit pixels.
 *
 * @module
 */
import { RunError } from "../base/mod.ts";
import { decodeJpeg } from "./decode_jpeg.ts";
import { decodePng } from "./decode_png.ts";
import type { Image } from "./image.ts";

const JPEG_SIGNATURE = [0xff, 0xd8];
const PNG_SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

/**
 * Decodes an image to grey or RGB, the kind told by its first bytes. JPEGs always become RGB. An EXIF
 * orientation, an alpha channel and a colour profile are ignored, as by Pillow's `convert("RGB")` and
 * torchvision's loader.
 *
 * @param file Name for errors.
 * @throws {RunError} When the file is empty, cut off, corrupt, too large or neither JPEG nor PNG; when
 * it is a CMYK JPEG or a PNG with 16 bits a channel.
 */
export async function decodeImage(bytes: Uint8Array, file: string): Promise<Image> {
  if (bytes.length === 0) throw new RunError(`${file}: empty, wanted a JPEG or PNG image`);
  if (startsWith(bytes, JPEG_SIGNATURE)) return await decodeJpeg(bytes, file);
  if (startsWith(bytes, PNG_SIGNATURE)) return decodePng(bytes, file);
  const start = Array.from(bytes.subarray(0, 4), (byte) => byte.toString(16).padStart(2, "0"));
  throw new RunError(`${file}: neither JPEG nor PNG, starts with bytes ${start.join(" ")}`);
}

function startsWith(bytes: Uint8Array, signature: readonly number[]): boolean {
  return signature.every((byte, at) => bytes[at] === byte);
}
