/**
 * Where the parts of a pictured object are: the truth that explanations are measured against.
 *
 * @module
 */

/** One part of the object in one image. Pixels count from the upper left corner. */
export interface PartPoint {
  /** Centre of what can be seen of it; of no meaning when it is not visible. */
  readonly x: number;
  readonly y: number;
  readonly visible: boolean;
}

/** What each pixel shows. */
export interface RegionMap {
  readonly width: number;
  readonly height: number;
  /** Row after row: {@link BACKGROUND}, {@link BODY}, a part or a background object. */
  readonly data: Uint8Array;
}

/** The parts of one image. */
export interface PartTruth {
  /** By part, in the order of the data set's part names. */
  readonly points: readonly PartPoint[];
  /** Null where only points are known. */
  readonly regions: RegionMap | null;
}

/** Region of a pixel that shows nothing of interest. */
export const BACKGROUND = 0;

/** Region of a pixel of the object that belongs to no part. */
export const BODY = 255;

/** Region of part `part`. */
export function partRegion(part: number): number {
  return 1 + part;
}

/** Region of the background object `object`, 0 to 126. */
export function objectRegion(object: number): number {
  return 128 + object;
}
