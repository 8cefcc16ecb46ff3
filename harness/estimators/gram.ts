/**
 * Products of centred points on the device, in float32, tile by tile.
 *
 * @module
 */
import type { Device, FloatTensor, Session } from "../device/mod.ts";
import { GraphBuilder, writeGraph } from "../graph/mod.ts";
import type { Features } from "./features.ts";

/** Rounding of one float32 operation. */
const UNIT_ROUNDOFF = 2 ** -24;

/** Safety factor on the expected rounding error of a sum; checked by a test against float64. */
const ROUNDING_FACTOR = 4;

/** Rows that the centre of the data is taken from. */
const CENTRE_ROWS = 64;

/** Scalar products of the points of two ranges, after a shift of the origin that they share. */
export interface GramTile {
  readonly rows: readonly [number, number];
  readonly columns: readonly [number, number];
  /** rows x columns. */
  readonly products: Float32Array | Float64Array;
  readonly rowNorms: Float64Array;
  readonly columnNorms: Float64Array;
}

/**
 * Expected relative rounding of a squared distance |a|^2 + |b|^2 - 2 ab, in units of |a|^2 + |b|^2. The
 * error of a float32 sum of w products grows like sqrt(w); sums over slabs are kept in float64.
 */
export function relativeRounding(slabWidth: number): number {
  return ROUNDING_FACTOR * UNIT_ROUNDOFF * Math.sqrt(slabWidth);
}

/** Computes tiles on a device. */
export class Gram implements AsyncDisposable {
  readonly #session: Session;
  readonly #features: Features;
  readonly #centres: readonly FloatTensor[];

  private constructor(session: Session, features: Features) {
    this.#session = session;
    this.#features = features;
    this.#centres = Array.from({ length: features.slabs }, (_, slab) => centre(features, slab));
  }

  /** Gets the device ready. */
  static async open(device: Device, features: Features): Promise<Gram> {
    return new Gram(await device.open(writeGraph(gramGraph())), features);
  }

  /** The products of two ranges of points, [first, last). */
  async tile(
    rows: readonly [number, number],
    columns: readonly [number, number],
  ): Promise<GramTile> {
    const features = this.#features;
    const m = rows[1] - rows[0];
    const n = columns[1] - columns[0];
    const tile = {
      rows,
      columns,
      products: features.slabs === 1 ? new Float32Array() : new Float64Array(m * n),
      rowNorms: new Float64Array(m),
      columnNorms: new Float64Array(n),
    };
    for (let slab = 0; slab < features.slabs; slab++) {
      const width = features.width(slab);
      const a = { dims: [m, width], data: features.read(slab, ...rows) };
      const b = rows[0] === columns[0]
        ? a
        : { dims: [n, width], data: features.read(slab, ...columns) };
      const { ab, aa, bb } = await this.#session.run({ a, b, c: this.#centres[slab]! });
      if (features.slabs === 1) tile.products = ab!.data;
      else add(tile.products, ab!.data);
      add(tile.rowNorms, aa!.data);
      add(tile.columnNorms, bb!.data);
    }
    return tile;
  }

  /** Frees the session. */
  [Symbol.asyncDispose](): Promise<void> {
    return this.#session.release();
  }
}

/** ab = (a - c)(b - c)^T with the squared norms of the rows of both factors. */
function gramGraph() {
  const graph = new GraphBuilder("gram");
  const a = graph.input("a", ["m", "w"]);
  const b = graph.input("b", ["n", "w"]);
  const c = graph.input("c", ["w"]);
  const left = graph.add("left", "Sub", [a, c]);
  const right = graph.add("right", "Sub", [b, c]);
  graph.add("ab", "Gemm", [left, right], { transB: { kind: "int", value: 1 } });
  for (const [name, factor] of [["aa", left], ["bb", right]] as const) {
    graph.add(name, "ReduceSumSquare", [factor], {
      axes: { kind: "ints", value: [1] },
      keepdims: { kind: "int", value: 0 },
    });
  }
  for (const name of ["ab", "aa", "bb"]) graph.output(name);
  return graph.build();
}

/** The mean of some rows. Any shift leaves distances as they are; a good one keeps products small. */
function centre(features: Features, slab: number): FloatTensor {
  const width = features.width(slab);
  const rows = Math.min(CENTRE_ROWS, features.points);
  const sums = new Float64Array(width);
  for (let r = 0; r < rows; r++) {
    const row = Math.floor(r * features.points / rows);
    add(sums, features.read(slab, row, row + 1));
  }
  return { dims: [width], data: Float32Array.from(sums, (sum) => sum / rows) };
}

function add(sums: Float32Array | Float64Array, values: Float32Array): void {
  for (let i = 0; i < values.length; i++) sums[i] = sums[i]! + values[i]!;
}
