/**
 * Convolutions of small images as matrix products.
 *
 * A runtime convolves image by image, which is slow where an image has few positions and many channels,
 * and each gradient lays the weights out anew. Here all images are multiplied at once, at fewer points
 * than there are products of taps and positions, and the gradients are matrix products as well.
 *
 * @module
 */
import { GraphBuilder } from "../builder.ts";
import { type Graph, type GraphNode, int, intAttribute, ints } from "../graph.ts";
import { type Shape, sizeOf } from "./shapes.ts";
import { type Matrix, MOST_POINTS, toomCook } from "./toom_cook.ts";
import { type SlidingWindow, windowOf } from "./window.ts";

/** Largest tile: outputs along an axis that are computed together. */
const LARGEST_TILE = 4;

/**
 * Most arithmetic, as a multiple of the direct convolution's, that is worth rewriting: on the images that
 * come near it a product of all images ran at 200 to 300 GFLOP/s where the convolution ran at 50 to 150.
 */
const WORTHWHILE = 1.2;

/**
 * The same graph with each convolution that needs much less arithmetic this way written as matrix
 * products. With points p, tiles t, images b, channels i and o:
 *
 *     data     [p t, b i]   = D x            (D is constant: all positions of a channel at once)
 *     weights  [p, o i]     = G w
 *     products [p, t b, o]  = data weights'  (for each point)
 *     y        [b o, Ho Wo] = products' A
 *
 * Results differ from the direct convolution by rounding: below 1e-4 of the largest entry.
 *
 * @param shapes Shape of every value, from `inferShapes`.
 * @param mostArithmetic Arithmetic that may be left, relative to the direct convolution's.
 */
export function withSmallConvolutions(
  graph: Graph,
  shapes: ReadonlyMap<string, Shape>,
  mostArithmetic = WORTHWHILE,
): Graph {
  const builder = new GraphBuilder(graph.name, { ...graph, nodes: [] });
  for (const node of graph.nodes) {
    const plan = node.op === "Conv" ? planOf(node, shapes, mostArithmetic) : undefined;
    if (plan) addProducts(builder, node, plan, shapes);
    else builder.addNode(node);
  }
  return builder.build();
}

/** The constant matrices of one convolution, positions, points and tiles in rows and columns flattened. */
interface Plan {
  readonly points: number;
  readonly tiles: number;
  /** [points tiles, H W] */
  readonly data: Float32Array;
  /** [points, kh kw] */
  readonly weights: Float32Array;
  /** [points tiles, Ho Wo] */
  readonly output: Float32Array;
}

function planOf(
  node: GraphNode,
  shapes: ReadonlyMap<string, Shape>,
  mostArithmetic: number,
): Plan | undefined {
  const [x, w] = node.inputs.map((name) => shapes.get(name)!);
  const window = windowOf(node, w!.slice(2), x!.slice(2));
  if (intAttribute(node, "group", 1) !== 1 || window.dilations.some((size) => size !== 1)) return;
  if (window.kernel.length !== 2) return;
  const axes = [0, 1].map((axis) => axisPlan(window, axis));
  const [rows, columns] = axes;
  if (!rows || !columns) return;
  const points = rows.points * columns.points;
  const tiles = rows.tiles * columns.tiles;
  const [batch, inputs] = x as [number, number];
  const outputs = w![0]!;
  const [before, after, taps] = [window.input, window.output, window.kernel].map(sizeOf);
  const products = points * tiles * batch * inputs * outputs;
  const transforms = points * tiles * batch * (inputs * before! + outputs * after!) +
    points * taps! * inputs * outputs;
  const direct = batch * after! * taps! * inputs * outputs;
  if (products + transforms > mostArithmetic * direct) return;
  return {
    points,
    tiles,
    data: kronecker(rows.data, columns.data),
    weights: kronecker([rows.weights], [columns.weights]),
    output: kronecker(rows.output, columns.output),
  };
}

/** One axis: for each tile the matrix from positions to points, and for each tile that from outputs to points. */
interface AxisPlan {
  readonly points: number;
  readonly tiles: number;
  /** [tiles][points][positions] */
  readonly data: readonly Matrix[];
  /** [points][taps] */
  readonly weights: Matrix;
  /** [tiles][points][outputs] */
  readonly output: readonly Matrix[];
}

/**
 * With stride s the taps l, l + s, l + 2 s, ... meet only every s-th input, so that each of these phases is a
 * correlation with stride 1 of its own, and their results add up. Padding is left out of the matrices.
 */
function axisPlan(window: SlidingWindow, axis: number): AxisPlan | undefined {
  const [stride, pad] = [window.strides[axis]!, window.padsBefore[axis]!];
  const [taps, inputs, outputs] = [window.kernel, window.input, window.output]
    .map((sizes) => sizes[axis]!) as [number, number, number];
  const largest = Math.min(LARGEST_TILE, MOST_POINTS + 1 - Math.ceil(taps / stride));
  if (largest < 1) return;
  const tiles = Math.ceil(outputs / largest);
  const tile = Math.ceil(outputs / tiles);
  const phases = Array.from({ length: Math.min(stride, taps) }, (_, phase) => ({
    phase,
    ...toomCook(tile, Math.ceil((taps - phase) / stride)),
  }));
  const each = <T>(size: number, value: (i: number) => T) =>
    Array.from({ length: size }, (_, i) => value(i));
  const data = each(
    tiles,
    (t) =>
      phases.flatMap(({ phase, data }) =>
        data.map((row) =>
          each(inputs, (position) => {
            const at = (position + pad - phase) / stride - t * tile;
            return Number.isInteger(at) ? row[at] ?? 0 : 0;
          })
        )
      ),
  );
  const weights = phases.flatMap(({ phase, weights }) =>
    weights.map((row) =>
      each(taps, (tap) => (tap - phase) % stride === 0 ? row[(tap - phase) / stride] ?? 0 : 0)
    )
  );
  const output = each(
    tiles,
    (t) =>
      phases.flatMap(({ output }) =>
        output[0]!.map((_, point) => each(outputs, (at) => output[at - t * tile]?.[point] ?? 0))
      ),
  );
  return { points: weights.length, tiles, data, weights, output };
}

/** Kronecker product, its rows ordered by point of the rows, point of the columns, then tiles likewise. */
function kronecker(rows: readonly Matrix[], columns: readonly Matrix[]): Float32Array {
  const values: number[] = [];
  for (const p of rows[0]!.keys()) {
    for (const q of columns[0]!.keys()) {
      for (const row of rows) {
        for (const column of columns) {
          for (const a of row[p]!) for (const b of column[q]!) values.push(a * b);
        }
      }
    }
  }
  return Float32Array.from(values);
}

function addProducts(
  builder: GraphBuilder,
  node: GraphNode,
  { points, tiles, data, weights, output }: Plan,
  shapes: ReadonlyMap<string, Shape>,
): void {
  const [x, w, bias] = node.inputs as [string, string, string?];
  const [y] = node.outputs as [string];
  const [batch, inputs, ...before] = shapes.get(x) as [number, number, number, number];
  const [outputs, , ...kernel] = shapes.get(w) as [number, number, number, number];
  const after = shapes.get(y)!.slice(2);
  const constant = (name: string, dims: Shape, values: Float32Array) =>
    builder.constant(`${y}/${name}`, { type: "float32", dims, data: values });
  const reshape = (name: string, value: string, shape: Shape) =>
    builder.add(name, "Reshape", [
      value,
      builder.constant(`${name}/shape`, {
        type: "int64",
        dims: [shape.length],
        data: BigInt64Array.from(shape, BigInt),
      }),
    ]);
  /** [rows, n] times [m, n]', the values of all images or weights in the m rows. */
  const transform = (
    name: string,
    matrix: Float32Array,
    value: string,
    columns: number,
    shape: Shape,
  ) => {
    const constants = constant(`${name}/matrix`, [matrix.length / columns, columns], matrix);
    const flat = reshape(`${y}/${name}/flat`, value, [-1, columns]);
    const product = builder.add(`${y}/${name}`, "Gemm", [constants, flat], { transB: int(1) });
    return reshape(`${y}/${name}/shaped`, product, shape);
  };
  const dataAtPoints = transform("data", data, x, sizeOf(before), [points, tiles * batch, inputs]);
  const weightsAtPoints = transform("weights", weights, w, sizeOf(kernel), [
    points,
    outputs,
    inputs,
  ]);
  const turned = builder.add(`${y}/weights/turned`, "Transpose", [weightsAtPoints], {
    perm: ints([0, 2, 1]),
  });
  const products = builder.add(`${y}/products`, "MatMul", [dataAtPoints, turned]);
  const sums = builder.add(`${y}/sums`, "Gemm", [
    reshape(`${y}/products/flat`, products, [points * tiles, batch * outputs]),
    constant("output/matrix", [points * tiles, sizeOf(after)], output),
  ], { transA: int(1) });
  const shape = [batch, outputs, ...after];
  if (!bias) reshape(y, sums, shape);
  else {
    builder.add(y, "Add", [
      reshape(`${y}/unbiased`, sums, shape),
      reshape(`${y}/bias`, bias, [outputs, 1, 1]),
    ]);
  }
}
