/**
 * Decoded images.
 *
 * @module
 */

/** An 8-bit image, row by row, channels interleaved. */
export interface Image {
  readonly width: number;
  readonly height: number;
  /** 1 = grey, 3 = red, green, blue. */
  readonly channels: 1 | 3;
  /** height x width x channels values. */
  readonly data: Uint8Array;
}
