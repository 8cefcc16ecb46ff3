import * as fc from "fast-check";
import {
  broadcastShapes,
  dimsOf,
  type Distribution,
  type OperatorCase,
  operatorCases,
} from "./case_builder.ts";

const UNARY: Readonly<Record<string, Distribution>> = {
  Relu: "separated",
  Abs: "separated",
  Sigmoid: "normal",
  Tanh: "normal",
  Neg: "normal",
  Identity: "normal",
  Exp: "normal",
  Log: "positive",
  Sqrt: "positive",
  Reciprocal: "nonzero",
};

const BINARY: Readonly<Record<string, Distribution>> = {
  Add: "normal",
  Sub: "normal",
  Mul: "normal",
  Div: "nonzero",
};

const leakyRelu = operatorCases(
  fc.record({ dims: dimsOf(0, 4), alpha: fc.constantFrom(undefined, 0.2, 0, 1.5) }),
  ({ dims, alpha }, builder) => {
    const x = builder.input("x", dims, "separated");
    builder.y(
      "LeakyRelu",
      [x],
      alpha === undefined ? {} : {
        alpha: { kind: "float", value: alpha },
      },
    );
  },
);

/** Variadic extremes; perhaps only the first input is differentiated by. */
function extreme(op: "Min" | "Max"): fc.Arbitrary<OperatorCase> {
  return operatorCases(
    fc.record({
      shapes: fc.integer({ min: 1, max: 4 }).chain((count) => broadcastShapes(count, 3)),
      fixed: fc.boolean(),
    }),
    ({ shapes, fixed }, builder) => {
      const inputs = shapes.map((dims, i) =>
        fixed && i > 0
          ? builder.fixedInput(`x${i}`, dims, "separated")
          : builder.input(`x${i}`, dims, "separated")
      );
      builder.y(op, inputs);
    },
  );
}

/** Random configurations of the operators that work element by element. */
export const ELEMENTWISE_CASES: Readonly<Record<string, fc.Arbitrary<OperatorCase>>> = {
  ...Object.fromEntries(
    Object.entries(UNARY).map(([op, distribution]) => [
      op,
      operatorCases(dimsOf(0, 4), (dims, builder) => {
        builder.y(op, [builder.input("x", dims, distribution)]);
      }),
    ]),
  ),
  ...Object.fromEntries(
    Object.entries(BINARY).map(([op, distribution]) => [
      op,
      operatorCases(broadcastShapes(2, 4), ([a, b], builder) => {
        builder.y(op, [builder.input("a", a!), builder.input("b", b!, distribution)]);
      }),
    ]),
  ),
  "Mul of a value with itself": operatorCases(dimsOf(0, 3), (dims, builder) => {
    const x = builder.input("x", dims);
    builder.y("Mul", [x, x]);
  }),
  LeakyRelu: leakyRelu,
  Min: extreme("Min"),
  Max: extreme("Max"),
};
