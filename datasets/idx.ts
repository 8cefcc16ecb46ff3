/**
 * The IDX files of MNIST (LeCun, Cortes and Burges): a magic number, sizes, then bytes.
 *
 * @module
 */
import { RunError } from "../harness/base/mod.ts";

const IMAGES_MAGIC = 0x00000803;
const LABELS_MAGIC = 0x00000801;

/** Images of one size, one after the other, 8-bit grey. */
export interface IdxImages {
  readonly count: number;
  readonly height: number;
  readonly width: number;
  readonly pixels: Uint8Array;
}

/**
 * @param file Name for errors.
 * @throws {RunError} When magic number or length are wrong.
 */
export function parseIdxImages(bytes: Uint8Array, file: string): IdxImages {
  const view = header(bytes, IMAGES_MAGIC, 16, file);
  const [count, height, width] = [view.getUint32(4), view.getUint32(8), view.getUint32(12)];
  requireLength(bytes, 16 + count * height * width, file);
  return { count, height, width, pixels: bytes.subarray(16) };
}

/**
 * @param file Name for errors.
 * @returns One digit, 0 to 9, an image.
 * @throws {RunError} When magic number, length or a label are wrong.
 */
export function parseIdxLabels(bytes: Uint8Array, file: string): Uint8Array {
  const view = header(bytes, LABELS_MAGIC, 8, file);
  requireLength(bytes, 8 + view.getUint32(4), file);
  const labels = bytes.subarray(8);
  const wrong = labels.findIndex((label) => label > 9);
  if (wrong >= 0) {
    throw new RunError(`${file}: offset ${8 + wrong}: label ${labels[wrong]}, wanted 0 to 9`);
  }
  return labels;
}

function header(bytes: Uint8Array, magic: number, length: number, file: string): DataView {
  if (bytes.length < length) {
    throw new RunError(`${file}: ${bytes.length} bytes, wanted a header of ${length}`);
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.getUint32(0) !== magic) {
    throw new RunError(`${file}: offset 0: magic number ${view.getUint32(0)}, wanted ${magic}`);
  }
  return view;
}

function requireLength(bytes: Uint8Array, wanted: number, file: string): void {
  if (bytes.length !== wanted) {
    throw new RunError(`${file}: ${bytes.length} bytes, wanted ${wanted} by its header`);
  }
}
