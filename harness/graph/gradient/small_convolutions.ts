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
import { type AxisPlan, axisPlan } from "./axis_plan.ts";
import { type Shape, sizeOf } from "./shapes.ts";
import type { Matrix } from "./toom_cook.ts";
import { windowOf } from "./window.ts";

/**
 * Most arithmetic, as a multiple of the direct convolution's, that is worth rewriting: on the images that
 * come near it a product of all images ran at 200 to 300 GFLOP/s where the convolution ran at 50 to 150.
 */
const WORTHWHILE = 1.2;

/**
 * Most positions of an image, before and after, of which rows and columns are transformed together: beyond,
 * one product after the other takes less time although it writes the image once more.
 */
const MOST_TOGETHER = 64;

/**
 * The same graph with each convolution that needs much less arithmetic this way written as matrix
 * products. With points p, tiles t, images b, channels i and o:
 *
 *     data     [p t, b i]   = D x            (D is constant: all positions of a channel at once)
 *     weights  [p, o i]     = G w
 *     products [p, t b, o]  = data weights'  (for each point)
 *     y        [b o, Ho Wo] = products' A
 *
 * D and A are products of a matrix for the columns and one for the rows. On larger images they are applied
 * one after the other (Lavin and Gray 2016), with points and tiles of rows q and s:
 *
 *     data     [q s, p t, b, i] = R (C x)
 *     products [q, s, p, t b, o] = data weights'   (weights [q, 1, p, o, i])
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

/** A constant matrix in row-major order. */
interface Constant {
  readonly columns: number;
  readonly values: Float32Array;
}

/** The constant matrices of one convolution, positions, points and tiles in rows and columns flattened. */
interface Plan {
  /** From positions to points, each [points tiles, positions]: both axes in one, or columns, then rows. */
  readonly data: readonly Constant[];
  /** [points, kh kw] */
  readonly weights: Constant;
  /** From points to outputs, each [points tiles, outputs]: both axes in one, or rows, then columns. */
  readonly output: readonly Constant[];
  /** Axes before the images of the data at points; before the channels of the weights at points. */
  readonly dataAxes: Shape;
  readonly weightAxes: Shape;
  /** Tiles that are multiplied together with the images. */
  readonly tiles: number;
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
  const [rows, columns] = [0, 1].map((axis) => axisPlan(window, axis));
  if (!rows || !columns) return;
  const isTogether = Math.max(sizeOf(window.input), sizeOf(window.output)) <= MOST_TOGETHER;
  const plan = isTogether ? together(rows, columns) : apart(rows, columns);

  const [batch, inputs] = x as [number, number];
  const outputs = w![0]!;
  const points = rows.points * columns.points;
  const placed = points * rows.tiles * columns.tiles;
  const transform = (positions: readonly number[]) => {
    if (isTogether) return placed * sizeOf(positions);
    return columns.points * columns.tiles * sizeOf(positions) + placed * positions[0]!;
  };
  const arithmetic = placed * batch * inputs * outputs +
    batch * (inputs * transform(window.input) + outputs * transform(window.output)) +
    points * sizeOf(window.kernel) * inputs * outputs;
  const direct = batch * sizeOf(window.output) * sizeOf(window.kernel) * inputs * outputs;
  return arithmetic > mostArithmetic * direct ? undefined : plan;
}

function together(rows: AxisPlan, columns: AxisPlan): Plan {
  const points = rows.points * columns.points;
  return {
    data: [kronecker(rows.data, columns.data)],
    weights: kronecker([rows.weights], [columns.weights]),
    output: [kronecker(rows.output, columns.output)],
    dataAxes: [points],
    weightAxes: [points],
    tiles: rows.tiles * columns.tiles,
  };
}

function apart(rows: AxisPlan, columns: AxisPlan): Plan {
  const alone = (matrix: readonly Matrix[]) => kronecker([[[1]]], matrix);
  return {
    data: [alone(columns.data), alone(rows.data)],
    weights: kronecker([rows.weights], [columns.weights]),
    output: [alone(rows.output), alone(columns.output)],
    dataAxes: [rows.points, rows.tiles, columns.points],
    weightAxes: [rows.points, 1, columns.points],
    tiles: columns.tiles,
  };
}

/** Kronecker product, its rows ordered by point of the rows, point of the columns, then tiles likewise. */
function kronecker(rows: readonly Matrix[], columns: readonly Matrix[]): Constant {
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
  return {
    columns: rows[0]![0]!.length * columns[0]![0]!.length,
    values: Float32Array.from(values),
  };
}

function addProducts(
  builder: GraphBuilder,
  node: GraphNode,
  { data, weights, output, dataAxes, weightAxes, tiles }: Plan,
  shapes: ReadonlyMap<string, Shape>,
): void {
  const [x, w, bias] = node.inputs as [string, string, string?];
  const [y] = node.outputs as [string];
  const [batch, inputs] = shapes.get(x) as [number, number];
  const [outputs] = shapes.get(w) as [number];
  const reshape = (name: string, value: string, shape: Shape) =>
    builder.add(name, "Reshape", [
      value,
      builder.constant(`${name}/shape`, {
        type: "int64",
        dims: [shape.length],
        data: BigInt64Array.from(shape, BigInt),
      }),
    ]);
  const constant = (name: string, { values, columns }: Constant) =>
    builder.constant(`${name}/matrix`, {
      type: "float32",
      dims: [values.length / columns, columns],
      data: values,
    });
  /** matrix [m, n] times value [rows, n]': the last axis of the value becomes the first. */
  const transform = (name: string, matrix: Constant, value: string) => {
    const flat = reshape(`${name}/flat`, value, [-1, matrix.columns]);
    return builder.add(name, "Gemm", [constant(name, matrix), flat], { transB: int(1) });
  };
  /** value [m, rows]' times matrix [m, n]: the reverse. */
  const transformBack = (name: string, matrix: Constant, value: string) => {
    const flat = reshape(`${name}/flat`, value, [matrix.values.length / matrix.columns, -1]);
    return builder.add(name, "Gemm", [flat, constant(name, matrix)], { transA: int(1) });
  };
  const dataAtPoints = reshape(
    `${y}/data`,
    data.reduce((value, matrix, i) => transform(`${y}/data/${i}`, matrix, value), x),
    [...dataAxes, tiles * batch, inputs],
  );
  const weightsAtPoints = reshape(
    `${y}/weights`,
    transform(`${y}/weights/0`, weights, w),
    [...weightAxes, outputs, inputs],
  );
  const rank = weightAxes.length;
  const turned = builder.add(`${y}/weights/turned`, "Transpose", [weightsAtPoints], {
    perm: ints([...weightAxes.keys(), rank + 1, rank]),
  });
  const products = builder.add(`${y}/products`, "MatMul", [dataAtPoints, turned]);
  const sums = output.reduce(
    (value, matrix, i) => transformBack(`${y}/sums/${i}`, matrix, value),
    products,
  );
  const shape = [batch, outputs, ...shapes.get(y)!.slice(2)];
  if (!bias) reshape(y, sums, shape);
  else {
    builder.add(y, "Add", [
      reshape(`${y}/unbiased`, sums, shape),
      reshape(`${y}/bias`, bias, [outputs, 1, 1]),
    ]);
  }
}
