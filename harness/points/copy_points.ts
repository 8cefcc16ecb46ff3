/**
 * Points on their way from a file to where distances are measured, in float32.
 *
 * @module
 */
import { RunError } from "../base/mod.ts";
import type { PointsFile } from "./points_file.ts";

/** Largest coordinate, and smallest spread, whose squares float32 still holds. */
const LARGEST = 1e15;
const SMALLEST_SPREAD = 1e-15;

/** Takes rows in; `Features` is one. */
export interface RowSink {
  /**
   * @param firstRow Where they begin.
   * @param rows Row-major, a whole number of rows.
   */
  write(firstRow: number, rows: Float32Array<ArrayBuffer>): void;
}

/** Which points are copied, and how. */
export interface CopyOptions {
  /** Rows to copy, ascending; all of them without it. */
  readonly rows: Int32Array | undefined;
  readonly signal: AbortSignal;
  /** Called with the number of rows read since the last call. */
  readonly onRows: (count: number) => void;
}

/** What a copy left out. */
export interface CopyResult {
  /** Columns that are the same in all copied rows. */
  readonly constantFeatures: number;
  /** The largest change of a value by rounding to float32; 0 for values that are float32. */
  readonly rounding: number;
}

/**
 * Copies points. Values that may not be float32 (float64, large integers, text) are first measured from
 * the first row, so that rounding is relative to the spread of a column, not to its offset.
 *
 * @throws {RunError} When all rows are equal, or when values are too large or too close for float32.
 */
export async function copyPoints(
  source: PointsFile,
  sink: RowSink,
  { rows, signal, onRows }: CopyOptions,
): Promise<CopyResult> {
  const { features, name } = source;
  let origin: Float64Array | undefined;
  const spread = new Float64Array(features);
  let rounding = 0;
  let next = 0;
  for await (const { firstRow, values } of source.blocks()) {
    signal.throwIfAborted();
    const count = values.length / features;
    const out = new Float32Array(count * features);
    const firstOut = next;
    for (let row = 0; row < count; row++) {
      if (rows && rows[next] !== firstRow + row) continue;
      const from = row * features;
      origin ??= values.slice(from, from + features);
      const to = (next - firstOut) * features;
      for (let f = 0; f < features; f++) {
        const difference = values[from + f]! - origin[f]!;
        const kept = source.fitsFloat32 ? values[from + f]! : difference;
        if (!(Math.abs(kept) <= LARGEST)) throw tooLarge(name, firstRow + row, f, kept);
        out[to + f] = kept;
        rounding = Math.max(rounding, Math.abs(out[to + f]! - kept));
        if (Math.abs(difference) > spread[f]!) spread[f] = Math.abs(difference);
      }
      next++;
    }
    sink.write(firstOut, out.subarray(0, (next - firstOut) * features));
    onRows(count);
  }
  const wanted = rows?.length ?? source.points;
  if (next !== wanted) throw new RunError(`${name}: ${next} rows read, wanted ${wanted}`);
  requireSpread(spread, wanted, name);
  const constantFeatures = spread.reduce((sum, value) => sum + (value === 0 ? 1 : 0), 0);
  return { constantFeatures, rounding };
}

function tooLarge(name: string, row: number, feature: number, value: number): RunError {
  return new RunError(
    `${name}: row ${row}, column ${feature} (counted from 0): ${value.toExponential()}, wanted at ` +
      `most ${LARGEST.toExponential()} in size: divide all values by the same number`,
  );
}

function requireSpread(spread: Float64Array, points: number, name: string): void {
  const widest = spread.reduce((most, value) => Math.max(most, value), 0);
  if (widest === 0) {
    throw new RunError(`${name}: all ${points} points are equal, wanted different ones`);
  }
  if (widest < SMALLEST_SPREAD) {
    throw new RunError(
      `${name}: no value differs by more than ${widest} from the first row's, wanted at least ` +
        `${SMALLEST_SPREAD}: multiply all values by the same number`,
    );
  }
}
