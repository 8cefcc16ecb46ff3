/**
 * What a JPEG's markers say before anything is decoded (ITU-T T.81, annex B).
 *
 * @module
 */

/** Size and colour components of a JPEG. */
export interface JpegHeader {
  readonly width: number;
  readonly height: number;
  /** 1 = grey, 3 = colour, 4 = CMYK or YCCK. */
  readonly components: number;
  /** Whether the end marker is there; without it the file is cut off. */
  readonly complete: boolean;
}

const START_OF_SCAN = 0xda;
const END_OF_IMAGE = 0xd9;
/** Markers that are start-of-frame codes but for these three of their range. */
const NOT_FRAMES = new Set([0xc4, 0xc8, 0xcc]);

/** Reads the markers; undefined when they are not those of a JPEG. */
export function readJpegHeader(bytes: Uint8Array): JpegHeader | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let frame: Omit<JpegHeader, "complete"> | undefined;
  let at = 2;
  while (at + 4 <= bytes.length) {
    if (bytes[at] !== 0xff) return undefined;
    const marker = bytes[at + 1]!;
    if (marker === 0xff) {
      at++;
      continue;
    }
    const length = view.getUint16(at + 2);
    if (length < 2) return undefined;
    if (marker >= 0xc0 && marker <= 0xcf && !NOT_FRAMES.has(marker)) {
      if (at + 10 > bytes.length) return undefined;
      frame = {
        height: view.getUint16(at + 5),
        width: view.getUint16(at + 7),
        components: bytes[at + 9]!,
      };
    }
    if (marker === START_OF_SCAN) return frame && { ...frame, complete: hasEnd(bytes, at) };
    at += 2 + length;
  }
  return frame && { ...frame, complete: false };
}

function hasEnd(bytes: Uint8Array, from: number): boolean {
  for (let at = bytes.length - 2; at > from; at--) {
    if (bytes[at] === 0xff && bytes[at + 1] === END_OF_IMAGE) return true;
  }
  return false;
}
