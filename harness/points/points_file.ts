/**
 * What every reader of points gives: a matrix of finite numbers, a few rows at a time.
 *
 * @module
 */

/** Values that a block holds at the most, unless one row has more. */
export const BLOCK_VALUES = 2 ** 19;

/** Some rows that follow each other. */
export interface PointBlock {
  readonly firstRow: number;
  /** Row-major, a whole number of rows; finite. */
  readonly values: Float64Array;
}

/** An open file of points. */
export interface PointsFile extends Disposable {
  /** Name for errors, with the array's name when the file holds several. */
  readonly name: string;
  /** Rows; at least 1. */
  readonly points: number;
  /** Columns; at least 1. */
  readonly features: number;
  /** Kind of file and of number, for instance `npy, float32`. */
  readonly format: string;
  /** Whether every value is a float32 as it stands. */
  readonly fitsFloat32: boolean;
  /**
   * The rows from first to last.
   *
   * @throws {RunError} Naming file and place when a value is no finite number.
   */
  blocks(): AsyncIterable<PointBlock> | Iterable<PointBlock>;
}

/** Rows of one block. */
export function rowsPerBlock(features: number): number {
  return Math.max(1, Math.floor(BLOCK_VALUES / features));
}
