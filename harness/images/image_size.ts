/**
 * The bound on pixels, checked before memory is taken for them.
 *
 * @module
 */
import { RunError } from "../base/mod.ts";

/** More pixels than this are refused. */
export const MOST_PIXELS = 64 * 2 ** 20;

/**
 * @param file Name for errors.
 * @throws {RunError} When a side is zero or there are more than {@linkcode MOST_PIXELS} pixels.
 */
export function requireSize(width: number, height: number, file: string): void {
  if (width === 0 || height === 0 || width * height > MOST_PIXELS) {
    throw new RunError(
      `${file}: image of ${width} x ${height} pixels, wanted 1 to ${MOST_PIXELS} pixels`,
    );
  }
}
