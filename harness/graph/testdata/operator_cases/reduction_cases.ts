import * as fc from "fast-check";
import { int, ints } from "../../graph.ts";
import {
  dimsOf,
  type Distribution,
  type OperatorCase,
  operatorCases,
  size,
} from "./case_builder.ts";

const REDUCTIONS: Readonly<Record<string, Distribution>> = {
  ReduceSum: "normal",
  ReduceMean: "normal",
  ReduceSumSquare: "normal",
  ReduceMax: "separated",
  ReduceMin: "separated",
};

/** Where the operator set keeps the axes of reductions other than the sum: in an attribute, then an input. */
const OPSETS = { attribute: 17, input: 18 } as const;

function reduction(op: string, opset: number): fc.Arbitrary<OperatorCase> {
  const configs = dimsOf(1, 4).chain((dims) =>
    fc.record({
      dims: fc.constant(dims),
      axes: fc.option(fc.subarray(dims.map((_, axis) => axis), { minLength: 1 })),
      fromEnd: fc.boolean(),
      keepdims: fc.constantFrom(undefined, 0, 1),
    })
  );
  return operatorCases(configs, ({ dims, axes, fromEnd, keepdims }, builder) => {
    const inputs = [builder.input("x", dims, REDUCTIONS[op]!)];
    const given = axes?.map((axis) => fromEnd ? axis - dims.length : axis);
    const asInput = op === "ReduceSum" || opset === OPSETS.input;
    if (given && asInput) inputs.push(builder.integers("axes", given));
    builder.y(op, inputs, {
      ...(given && !asInput ? { axes: ints(given) } : {}),
      ...(keepdims === undefined ? {} : { keepdims: int(keepdims) }),
    });
  }, opset);
}

function softmax(op: string): fc.Arbitrary<OperatorCase> {
  const configs = fc.record({
    lead: dimsOf(0, 2),
    along: fc.integer({ min: 2, max: 4 }),
    tail: dimsOf(0, 2),
    fromEnd: fc.boolean(),
  });
  return operatorCases(configs, ({ lead, along, tail, fromEnd }, builder) => {
    const x = builder.input("x", [...lead, along, ...tail]);
    const implicit = tail.length === 0 && fromEnd;
    const axis = fromEnd ? -1 - tail.length : lead.length;
    builder.y(op, [x], implicit ? {} : { axis: int(axis) });
  });
}

/** Mean over the batch of -sum(targets * log softmax(logits)), differentiated by both. */
const crossEntropy = operatorCases(
  fc.record({ batch: size, classes: fc.integer({ min: 2, max: 5 }) }),
  ({ batch, classes }, builder) => {
    const logits = builder.input("logits", [batch, classes]);
    const targets = builder.input("targets", [batch, classes], "positive");
    const { graph } = builder;
    const logs = graph.add("logs", "LogSoftmax", [logits], { axis: int(1) });
    const losses = graph.add("losses", "Mul", [logs, targets]);
    const sums = graph.add("sums", "ReduceSum", [losses, builder.integers("axes", [1])]);
    const mean = graph.add("mean", "ReduceMean", [sums], { keepdims: int(0) });
    builder.y("Neg", [mean]);
  },
);

/** Random configurations of reductions and softmax. */
export const REDUCTION_CASES: Readonly<Record<string, fc.Arbitrary<OperatorCase>>> = {
  ...Object.fromEntries(
    Object.keys(REDUCTIONS).flatMap((op) =>
      Object.entries(OPSETS).map(([place, opset]) => [
        `${op} with its axes as in operator set ${opset} (${place})`,
        reduction(op, opset),
      ])
    ),
  ),
  Softmax: softmax("Softmax"),
  LogSoftmax: softmax("LogSoftmax"),
  "cross-entropy": crossEntropy,
};
