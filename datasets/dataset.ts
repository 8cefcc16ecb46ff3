/**
 * What a data set looks like to the rest of the program: named groups of images, decoded on demand.
 *
 * @module
 */
import type { Image } from "../harness/images/image.ts";

/** Images that are analysed together, most often one class, in a fixed order. */
export interface ImageGroup {
  /** Identifier, for instance the folder's name: `n02102040`. */
  readonly id: string;
  /** Name for people: `English springer`. */
  readonly label: string;
  /** Name of each image, unique in the group, for instance the file's name. */
  readonly names: readonly string[];
  /** SHA-256 over everything that decides the pixels, in order. Reads the files; decodes nothing. */
  digest(): Promise<string>;
  /**
   * Decodes one image.
   *
   * @param index Position in `names`.
   * @throws {RunError} Naming the file, when it cannot be decoded.
   */
  read(index: number): Promise<Image>;
  /**
   * What is added to every pixel of an image, in units where white is 1 (MNIST*); absent: nothing.
   *
   * @param index Position in `names`.
   */
  luminance?(index: number): Promise<number>;
}
