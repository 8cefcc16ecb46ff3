import * as fc from "fast-check";
import { int, ints } from "../../graph.ts";
import { broadcastShapes, type OperatorCase, operatorCases, size } from "./case_builder.ts";

const factor = fc.constantFrom(undefined, 0.5, -2);

const gemm = operatorCases(
  fc.record({
    rows: size,
    inner: size,
    columns: size,
    transA: fc.boolean(),
    transB: fc.boolean(),
    alpha: factor,
    beta: factor,
    c: fc.constantFrom("none", "scalar", "columns", "one row", "one column", "all"),
  }),
  ({ rows, inner, columns, transA, transB, alpha, beta, c }, builder) => {
    const shapes = {
      none: undefined,
      scalar: [],
      columns: [columns],
      "one row": [1, columns],
      "one column": [rows, 1],
      all: [rows, columns],
    };
    const a = builder.input("a", transA ? [inner, rows] : [rows, inner]);
    const b = builder.input("b", transB ? [columns, inner] : [inner, columns]);
    const added = shapes[c as keyof typeof shapes];
    builder.y("Gemm", [a, b, ...(added ? [builder.input("c", added)] : [])], {
      ...(transA ? { transA: int(1) } : {}),
      ...(transB ? { transB: int(1) } : {}),
      ...(alpha === undefined ? {} : { alpha: { kind: "float", value: alpha } }),
      ...(beta === undefined ? {} : { beta: { kind: "float", value: beta } }),
    });
  },
);

const products = fc.record({
  batches: broadcastShapes(2, 2),
  rows: size,
  inner: size,
  columns: size,
});

const matMul = operatorCases(
  products,
  ({ batches, rows, inner, columns }, builder) =>
    builder.y("MatMul", [
      builder.input("a", [...batches[0]!, rows, inner]),
      builder.input("b", [...batches[1]!, inner, columns]),
    ]),
);

/** a b' with b' made by a Transpose, as exporters write attention. */
const matMulOfTransposed = operatorCases(
  products,
  ({ batches, rows, inner, columns }, builder) => {
    const a = builder.input("a", [...batches[0]!, rows, inner]);
    const b = builder.input("b", [...batches[1]!, columns, inner]);
    const rank = batches[1]!.length + 2;
    const order = Array.from({ length: rank - 2 }, (_, axis) => axis);
    const turned = builder.graph.add("turned", "Transpose", [b], {
      perm: ints([...order, rank - 1, rank - 2]),
    });
    builder.y("MatMul", [a, turned]);
  },
);

/** Random configurations of matrix products. */
export const MATRIX_CASES: Readonly<Record<string, fc.Arbitrary<OperatorCase>>> = {
  Gemm: gemm,
  MatMul: matMul,
  "MatMul with a transposed factor": matMulOfTransposed,
};
