/**
 * JPEG through libjpeg's own arithmetic (mozjpeg as WebAssembly): one level of difference in each pixel
 * moves the ID at the peak by a fifth.
 *
 * @module
 */
import mozjpeg from "@jsquash/jpeg/codec/dec/mozjpeg_dec.js";
import { messageOf, RunError } from "../base/mod.ts";
import { requireSize } from "./image_size.ts";
import { readJpegHeader } from "./jpeg_header.ts";
import type { Image } from "./image.ts";

/** What libjpeg says when it fills pixels in that the file lacks. It gives its first warning only. */
const DATA_LOST = /premature end|bad Huffman code|instead of RST/i;

/**
 * Decodes a JPEG to RGB; grey becomes three equal channels.
 *
 * @param file Name for errors.
 * @throws {RunError} When the file is cut off, corrupt, too large or CMYK. Superfluous bytes are let
 * pass, since photographs with some are common and decode well.
 */
export async function decodeJpeg(bytes: Uint8Array, file: string): Promise<Image> {
  const header = readJpegHeader(bytes);
  if (!header) throw new RunError(`${file}: corrupt JPEG: no readable frame header`);
  const { width, height, components, complete } = header;
  requireSize(width, height, file);
  if (components !== 1 && components !== 3) {
    throw new RunError(
      `${file}: JPEG with ${components} colour components, wanted 1 (grey) or 3 (colour): convert ` +
        "it first, as what CMYK looks like depends on its colour profile",
    );
  }
  if (!complete) {
    throw new RunError(`${file}: truncated JPEG: no end marker in ${bytes.length} bytes`);
  }
  decoder ??= openDecoder();
  const { rgba, warning } = (await decoder)(bytes, file);
  if (DATA_LOST.test(warning)) throw new RunError(`${file}: corrupt JPEG: ${warning}`);
  if (rgba.length !== 4 * width * height) {
    throw new RunError(
      `${file}: corrupt JPEG: ${rgba.length / 4} pixels, wanted ${width * height}`,
    );
  }
  return { width, height, channels: 3, data: withoutAlpha(rgba) };
}

type Decoder = (bytes: Uint8Array, file: string) => { rgba: ArrayLike<number>; warning: string };

/** Shared by all files; a failure leaves its memory in an unknown state, so the next file gets another. */
let decoder: Promise<Decoder> | undefined;

async function openDecoder(): Promise<Decoder> {
  const url = import.meta.resolve("@jsquash/jpeg/codec/dec/mozjpeg_dec.wasm");
  const wasm = await WebAssembly.compile(await Deno.readFile(new URL(url)));
  let said: string[] = [];
  const options = {
    noInitialRun: true,
    instantiateWasm(imports: WebAssembly.Imports, done: (instance: WebAssembly.Instance) => void) {
      const instance = new WebAssembly.Instance(wasm, imports);
      done(instance);
      return instance.exports;
    },
    printErr: (line: string) => said.push(line),
  };
  const { decode } = await mozjpeg(options);
  return (bytes, file) => {
    said = [];
    try {
      const image = decode(bytes, false);
      if (!image) throw new Error("no image");
      return { rgba: image.data, warning: said.join("; ") };
    } catch (error) {
      decoder = undefined;
      throw new RunError(`${file}: corrupt JPEG: ${said[0] ?? messageOf(error)}`);
    }
  };
}

function withoutAlpha(rgba: ArrayLike<number>): Uint8Array {
  const rgb = new Uint8Array(rgba.length / 4 * 3);
  for (let to = 0, from = 0; to < rgb.length; to += 3, from += 4) {
    rgb[to] = rgba[from]!;
    rgb[to + 1] = rgba[from + 1]!;
    rgb[to + 2] = rgba[from + 2]!;
  }
  return rgb;
}
