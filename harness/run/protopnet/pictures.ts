/**
 * The pictures of a report: images with boxes, similarity maps over images, patches.
 *
 * @module
 */
import { encode } from "fast-png";
import { sha256 } from "../../base/mod.ts";
import { type Box as PixelBox, overlayHeat } from "../../prototypes/mod.ts";

/** Colour of a box: the yellow of the paper's figures. */
const BOX_COLOUR = [255, 221, 0] as const;

/** Colour around a box. */
const EDGE_COLOUR = [32, 32, 32] as const;

/** Sides that pictures of small images are enlarged to, in pixels, at the least. */
const SMALLEST_SIDE = 128;

/** Red, green, blue, interleaved. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

/** PNG files by their SHA-256. */
export class PictureBook {
  readonly #files = new Map<string, Uint8Array>();

  /** Keeps a picture, enlarged if it is small; the same picture is kept once. */
  add(picture: Picture): string {
    return this.addExact(enlarged(picture));
  }

  /** Keeps a picture in its own size. */
  addExact(picture: Picture): string {
    const png = encode({ ...picture, channels: 3, depth: 8 });
    const digest = sha256(png);
    this.#files.set(digest, png);
    return digest;
  }

  get files(): ReadonlyMap<string, Uint8Array> {
    return this.#files;
  }
}

/** A picture of an image of one or three channels. */
export function pictureOf(
  { width, height, channels }: { width: number; height: number; channels: number },
  pixels: Uint8Array,
): Picture {
  const data = channels === 3
    ? pixels.slice()
    : Uint8Array.from({ length: 3 * pixels.length }, (_, at) => pixels[Math.floor(at / 3)]!);
  return { width, height, data };
}

/**
 * With a frame just inside the box and a dark edge around it, which shows it on yellow birds too; as
 * wide as a page shows them well that makes the picture smaller.
 */
export function withBox(picture: Picture, box: PixelBox): Picture {
  const data = picture.data.slice();
  const line = Math.max(1, Math.round(picture.width / 64));
  const edge = Math.max(1, Math.round(picture.width / 128));
  for (let y = box.top - edge; y < box.bottom + edge; y++) {
    for (let x = box.left - edge; x < box.right + edge; x++) {
      if (x < 0 || y < 0 || x >= picture.width || y >= picture.height) continue;
      // How far inside the box, from its nearest side; below 0 outside.
      const depth = Math.min(x - box.left, y - box.top, box.right - 1 - x, box.bottom - 1 - y);
      if (depth >= line) continue;
      data.set(depth < 0 ? EDGE_COLOUR : BOX_COLOUR, 3 * (y * picture.width + x));
    }
  }
  return { ...picture, data };
}

/** With a similarity map of the same size over it. */
export function withHeat(picture: Picture, map: Float64Array): Picture {
  return { ...picture, data: overlayHeat(picture.data, map) };
}

/** The part of a picture inside a box. */
export function cropped(
  { width, data }: Picture,
  { left, top, right, bottom }: PixelBox,
): Picture {
  const size = { width: right - left, height: bottom - top };
  const cut = new Uint8Array(3 * size.width * size.height);
  for (let y = 0; y < size.height; y++) {
    const start = 3 * ((top + y) * width + left);
    cut.set(data.subarray(start, start + 3 * size.width), 3 * y * size.width);
  }
  return { ...size, data: cut };
}

/** Each pixel several times, so that a browser does not blur small pictures. */
function enlarged(picture: Picture): Picture {
  const factor = Math.max(1, Math.ceil(SMALLEST_SIDE / Math.max(picture.width, picture.height)));
  if (factor === 1) return picture;
  const [width, height] = [picture.width * factor, picture.height * factor];
  const data = new Uint8Array(3 * width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const from = 3 * (Math.floor(y / factor) * picture.width + Math.floor(x / factor));
      data.set(picture.data.subarray(from, from + 3), 3 * (y * width + x));
    }
  }
  return { width, height, data };
}
