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
    for (let at = 0; at < values.length; at += width) {
      for (let j = 0; j < width; j++) {
        means[j] = means[j]! + values[at + j]! / n;
        if (values[at + j] !== values[j]) varies[j] = 1;
      }
    }
    for (let at = 0; at < values.length; at += width) {
      for (let j = 0; j < width; j++) squares[j] = squares[j]! + (values[at + j]! - means[j]!) ** 2;
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
  /** rows x width, row-major. */
  readonly values: Float32Array<ArrayBuffer>;
}

/** All rows of one slab after the other. */
export function* standardisedSlabs(
  features: Features,
  moments: ColumnMoments,
): Generator<StandardisedBlock> {
  for (let slab = 0; slab < features.slabs; slab++) {
    const block = newBlock(features.points, features.width(slab));
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
  for (let first = 0; first < features.points; first += rows) {
    const block = newBlock(Math.min(rows, features.points - first), features.features);
    for (let slab = 0; slab < features.slabs; slab++) {
      fill(block, slab * features.slabWidth, features, moments, slab, first);
    }
    yield block;
  }
}

function newBlock(rows: number, width: number): StandardisedBlock {
  return { rows, width, values: new Float32Array(rows * width) };
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
  for (let row = 0; row < rows; row++) {
    for (let j = 0; j < slabWidth; j++) {
      const centred = from[row * slabWidth + j]! - mean[first + j]!;
      values[row * width + column + j] = centred * inverseDeviation[first + j]!;
    }
  }
}
