/**
 * The eigenvalues of the correlation matrix of many features, from the smaller of its two Gram
 * matrices: Z Z^T (points x points) and Z^T Z (features x features) share the eigenvalues that are not
 * zero.
 *
 * @module
 */
import type { Device, Session } from "../../device/mod.ts";
import { GraphBuilder, writeGraph } from "../../graph/mod.ts";
import type { Features } from "../features.ts";
import { GramProbe } from "./gram_probe.ts";
import {
  columnMoments,
  type StandardisedBlock,
  standardisedRows,
  standardisedSlabs,
} from "./standardise.ts";
import { symmetricEigenvalues } from "./symmetric_eigenvalues.ts";

/** Eigenvalues of the correlation matrix, and what the statistics of them need. */
export interface CorrelationSpectrum {
  /** Descending, min(points - 1, columns) of them; their sum is the number of columns. */
  readonly eigenvalues: Float64Array;
  readonly points: number;
  /** Columns that vary. */
  readonly columns: number;
  /** Columns whose values are all equal; they are left out. */
  readonly constantColumns: number;
  /** Squared norms of the standardised points. */
  readonly squaredNorms: Float64Array;
  /**
   * Root mean square error of the eigenvalues from the rounding of the Gram matrix; at most, by
   * Hoffman and Wielandt (1953), up to the noise of the one probe that measures it.
   */
  readonly eigenvalueError: number;
}

/** The largest matrix whose eigenvalues are computed: a minute or two. */
const MOST_EIGENVALUES = 4096;

/** Below this many products float64 sums are cheaper than a device. */
const EXACT_PRODUCTS = 5e8;

/** Rows of one block when features are fewer than points. */
const BLOCK_ROWS = 1024;

/**
 * @param device Computes products in float32, summed in float64 over blocks of at most 8192 columns or
 * 1024 rows; without it, and when they are few, they are float64 sums of float32 standardised values.
 * @returns Costs about points x features x min(points, features) products and 4/3 min(points,
 * features)^3 operations.
 * @throws {NonFiniteFeatureError} When a feature is NaN or infinite.
 * @throws {RangeError} When there are fewer than 2 points, more than 4096 points and features, or no
 * column varies.
 */
export async function correlationSpectrum(
  features: Features,
  device?: Device,
): Promise<CorrelationSpectrum> {
  const { points, features: d } = features;
  const side = Math.min(points, d);
  if (points < 2 || side > MOST_EIGENVALUES) {
    throw new RangeError(
      `Cannot find the spectrum of ${points} points of ${d} features, wanted at least 2 points and ` +
        `at most ${MOST_EIGENVALUES} points or features`,
    );
  }
  const moments = columnMoments(features);
  const columns = d - moments.constantColumns;
  if (columns === 0) {
    throw new RangeError(`Cannot find the spectrum of ${d} features: none varies`);
  }
  const byPoints = points <= d;
  const blocks = byPoints
    ? standardisedSlabs(features, moments)
    : standardisedRows(features, moments, BLOCK_ROWS);
  const probe = new GramProbe(points, side, byPoints);
  const exact = device === undefined || side * points * d <= EXACT_PRODUCTS;
  const gram = exact
    ? gramHere(probed(blocks, probe), side, byPoints)
    : await gramOn(device, probed(blocks, probe), side, byPoints);
  const eigenvalues = symmetricEigenvalues(gram, side)
    .map((value) => Math.max(0, value) / points)
    .slice(0, Math.min(points - 1, columns));
  return {
    eigenvalues,
    points,
    columns,
    constantColumns: moments.constantColumns,
    squaredNorms: probe.squaredNorms,
    eigenvalueError: probe.residual(gram) / points,
  };
}

/** The singular values of the standardised points, sqrt(n eigenvalue), as in the paper's Figure 5A. */
export function singularValues({ eigenvalues, points }: CorrelationSpectrum): Float64Array {
  return eigenvalues.map((value) => Math.sqrt(points * value));
}

/** The blocks, each of which the probe has seen. */
function* probed(blocks: Iterable<StandardisedBlock>, probe: GramProbe) {
  for (const block of blocks) {
    probe.add(block);
    yield block;
  }
}

function gramHere(
  blocks: Iterable<StandardisedBlock>,
  side: number,
  byPoints: boolean,
): Float64Array {
  const gram = new Float64Array(side * side);
  for (const { rows, width, values } of blocks) {
    const [lines, length] = byPoints ? [values, width] : [transposed(values, rows, width), rows];
    for (let i = 0; i < side; i++) {
      const a = lines.subarray(i * length, (i + 1) * length);
      for (let j = 0; j <= i; j++) {
        const b = lines.subarray(j * length, (j + 1) * length);
        let sum = 0;
        for (let k = 0; k < length; k++) sum += a[k]! * b[k]!;
        gram[i * side + j] = gram[i * side + j]! + sum;
        gram[j * side + i] = gram[i * side + j]!;
      }
    }
  }
  return gram;
}

function transposed(values: Float32Array, rows: number, width: number): Float32Array {
  const result = new Float32Array(values.length);
  for (let row = 0; row < rows; row++) {
    for (let j = 0; j < width; j++) result[j * rows + row] = values[row * width + j]!;
  }
  return result;
}

async function gramOn(
  device: Device,
  blocks: Iterable<StandardisedBlock>,
  side: number,
  byPoints: boolean,
): Promise<Float64Array> {
  const session: Session = await device.open(writeGraph(productGraph(byPoints)));
  try {
    const gram = new Float64Array(side * side);
    for (const { rows, width, values } of blocks) {
      const { g } = await session.run({ z: { dims: [rows, width], data: values } });
      for (let at = 0; at < gram.length; at++) gram[at] = gram[at]! + g!.data[at]!;
    }
    return gram;
  } finally {
    await session.release();
  }
}

/** g = z z^T or z^T z. */
function productGraph(byPoints: boolean) {
  const graph = new GraphBuilder("correlation");
  const z = graph.input("z", ["rows", "width"]);
  graph.add("g", "Gemm", [z, z], { [byPoints ? "transB" : "transA"]: { kind: "int", value: 1 } });
  graph.output("g");
  return graph.build();
}
