/**
 * Columns with mean 0 and deviation 1, as scikit-learn's StandardScaler makes them for the PCA of
 * Ansuini et al. 2019.
 *
 * @module
 */
import type { Features } from "../features.ts";
import { firstNonFinite, NonFiniteFeatureError } from "../non_finite.ts";

/** What standardises the columns. */
export interface ColumnMoments {
  readonly mean: Float64Array;
  /** 1 / population deviation; 0 for columns whose values are all equal. */
  readonly inverseDeviation: Float64Array;
  /** Columns whose values are all equal; they are dropped. */
  readonly constantColumns: number;
}

/**
 * Means and deviations by two passes in float64 over each slab.
 *
 * @throws {NonFiniteFeatureError} When a feature is NaN or infinite.
 */
export function columnMoments(features: Features): ColumnMoments {
  const { points: n, features: d } = features;
  const mean = new Float64Array(d);
  const inverseDeviation = new Float64Array(d);
  for (let slab = 0; slab < features.slabs; slab++) {
    const width = features.width(slab);
    const first = slab * features.slabWidth;
    const values = features.read(slab, 0, n);
    const means = mean.subarray(first, first + width);
    const squares = inverseDeviation.subarray(first, first + width);
    const varies = new Uint8Array(width);
    const head = values.subarray(0, width);
    for (let at = 0; at < values.length; at += width) {
      const row = values.subarray(at, at + width);
      for (let j = 0; j < width; j++) {
        means[j] = means[j]! + row[j]!;
        if (row[j] !== head[j]) varies[j] = 1;
      }
    }
    for (let j = 0; j < width; j++) means[j] = means[j]! / n;
    for (let at = 0; at < values.length; at += width) {
      const row = values.subarray(at, at + width);
      for (let j = 0; j < width; j++) {
        const deviation = row[j]! - means[j]!;
        squares[j] = squares[j]! + deviation * deviation;
      }
    }
    for (let j = 0; j < width; j++) squares[j] = varies[j] ? 1 / Math.sqrt(squares[j]! / n) : 0;
  }
  if (!mean.every(Number.isFinite)) {
    const { point, feature, value } = firstNonFinite(features)!;
    throw new NonFiniteFeatureError(point, feature, value);
  }
  const constantColumns = inverseDeviation.reduce((count, s) => count + (s === 0 ? 1 : 0), 0);
  return { mean, inverseDeviation, constantColumns };
}

/** Standardised values of some rows and columns. */
export interface StandardisedBlock {
  readonly rows: number;
  readonly width: number;
  /** rows x width, row-major; valid until the next block, since fresh memory costs more than the sums. */
  readonly values: Float32Array<ArrayBuffer>;
}

/** All rows of one slab after the other. */
export function* standardisedSlabs(
  features: Features,
  moments: ColumnMoments,
): Generator<StandardisedBlock> {
  const { points: rows, slabWidth } = features;
  const buffer = new Float32Array(rows * slabWidth);
  for (let slab = 0; slab < features.slabs; slab++) {
    const width = features.width(slab);
    const block = { rows, width, values: buffer.subarray(0, rows * width) };
    fill(block, 0, features, moments, slab, 0);
    yield block;
  }
}

/** All columns of a few rows after the others. */
export function* standardisedRows(
  features: Features,
  moments: ColumnMoments,
  rows: number,
): Generator<StandardisedBlock> {
  const { points, features: width } = features;
  const buffer = new Float32Array(Math.min(rows, points) * width);
  for (let first = 0; first < points; first += rows) {
    const count = Math.min(rows, points - first);
    const block = { rows: count, width, values: buffer.subarray(0, count * width) };
    for (let slab = 0; slab < features.slabs; slab++) {
      fill(block, slab * features.slabWidth, features, moments, slab, first);
    }
    yield block;
  }
}

function fill(
  { rows, width, values }: StandardisedBlock,
  column: number,
  features: Features,
  { mean, inverseDeviation }: ColumnMoments,
  slab: number,
  firstRow: number,
): void {
  const from = features.read(slab, firstRow, firstRow + rows);
  const slabWidth = features.width(slab);
  const first = slab * features.slabWidth;
  const means = mean.subarray(first, first + slabWidth);
  const scales = inverseDeviation.subarray(first, first + slabWidth);
  for (let row = 0; row < rows; row++) {
    const source = from.subarray(row * slabWidth, (row + 1) * slabWidth);
    const target = values.subarray(row * width + column, row * width + column + slabWidth);
    for (let j = 0; j < slabWidth; j++) target[j] = (source[j]! - means[j]!) * scales[j]!;
  }
}
