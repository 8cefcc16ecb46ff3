import * as fc from "fast-check";
import { int, ints } from "../../graph.ts";
import { dimsOf, type OperatorCase, operatorCases, size } from "./case_builder.ts";

const reshape = operatorCases(
  dimsOf(1, 4).chain((dims) =>
    fc.record({
      dims: fc.constant(dims),
      kept: fc.integer({ min: 0, max: dims.length - 1 }),
      inferred: fc.boolean(),
    })
  ),
  ({ dims, kept, inferred }, builder) => {
    const rest = dims.slice(kept).reduce((product, size) => product * size, 1);
    const shape = [...dims.slice(0, kept).map(() => 0), inferred ? -1 : rest, 1];
    builder.y("Reshape", [builder.input("x", dims), builder.integers("shape", shape)]);
  },
);

const flatten = operatorCases(
  dimsOf(1, 4).chain((dims) =>
    fc.record({
      dims: fc.constant(dims),
      axis: fc.option(fc.integer({ min: -dims.length, max: dims.length })),
    })
  ),
  ({ dims, axis }, builder) =>
    builder.y("Flatten", [builder.input("x", dims)], axis === null ? {} : { axis: int(axis) }),
);

const transpose = operatorCases(
  dimsOf(1, 4).chain((dims) =>
    fc.record({
      dims: fc.constant(dims),
      order: fc.option(
        fc.shuffledSubarray(dims.map((_, axis) => axis), { minLength: dims.length }),
      ),
    })
  ),
  ({ dims, order }, builder) =>
    builder.y("Transpose", [builder.input("x", dims)], order ? { perm: ints(order) } : {}),
);

/** Two transpositions, of which the second may or may not take the first back. */
const transposeTwice = operatorCases(
  fc.record({
    dims: dimsOf(3, 3),
    first: fc.shuffledSubarray([0, 1, 2], { minLength: 3 }),
    second: fc.shuffledSubarray([0, 1, 2], { minLength: 3 }),
  }),
  ({ dims, first, second }, builder) => {
    const turned = builder.graph.add("turned", "Transpose", [builder.input("x", dims)], {
      perm: ints(first),
    });
    builder.y("Transpose", [turned], { perm: ints(second) });
  },
);

/** The last part is the first once more. */
const concat = operatorCases(
  dimsOf(1, 3).chain((dims) =>
    fc.record({
      dims: fc.constant(dims),
      axis: fc.integer({ min: -dims.length, max: dims.length - 1 }),
      lengths: fc.array(size, { minLength: 1, maxLength: 3 }),
    })
  ),
  ({ dims, axis, lengths }, builder) => {
    const along = (axis + dims.length) % dims.length;
    const parts = lengths.map((length, i) =>
      builder.input(`x${i}`, dims.map((size, axis) => axis === along ? length : size))
    );
    builder.y("Concat", [...parts, parts[0]!], { axis: int(axis) });
  },
);

/** Along some axes, with steps of both signs; bounds also beyond the tensor and counted from the end. */
const slice = operatorCases(
  fc.array(
    fc.record({
      size: fc.integer({ min: 2, max: 5 }),
      step: fc.constantFrom(undefined, 1, 2, 3, -1, -2),
      low: fc.integer({ min: 0, max: 1 }),
      high: fc.integer({ min: 0, max: 1 }),
      fromEnd: fc.boolean(),
      beyond: fc.boolean(),
    }),
    { minLength: 1, maxLength: 3 },
  ).map((axes) => ({ axes, lastFirst: axes.length > 1 && axes[0]!.fromEnd })),
  ({ axes, lastFirst }, builder) => {
    const x = builder.input("x", axes.map(({ size }) => size));
    const sliced = axes.flatMap(({ size, step, low, high, fromEnd, beyond }, axis) => {
      if (step === undefined) return [];
      const shift = fromEnd ? -size : 0;
      const last = size - 1 - (size > 2 ? high : 0);
      const [start, end] = step > 0
        ? [low + shift, beyond ? size + 7 : last + 1 + (last + 1 < size ? shift : 0)]
        : [last + shift, beyond || low === 0 ? -size - 7 : low - 1 + shift];
      return [{ axis, start, end, step }];
    });
    if (lastFirst) sliced.reverse();
    if (sliced.length === 0) return builder.y("Identity", [x]);
    builder.y("Slice", [
      x,
      builder.integers("starts", sliced.map(({ start }) => start)),
      builder.integers("ends", sliced.map(({ end }) => end)),
      builder.integers("axes", sliced.map(({ axis }) => axis)),
      builder.integers("steps", sliced.map(({ step }) => step)),
    ]);
  },
);

const pad = operatorCases(
  fc.array(fc.record({ size, before: fc.nat(2), after: fc.nat(2) }), {
    minLength: 1,
    maxLength: 3,
  }),
  (axes, builder) => {
    const x = builder.input("x", axes.map(({ size }) => size));
    const pads = [...axes.map(({ before }) => before), ...axes.map(({ after }) => after)];
    builder.y("Pad", [x, builder.integers("pads", pads)]);
  },
);

const squeeze = operatorCases(
  fc.record({ lead: dimsOf(0, 2), tail: dimsOf(0, 2), named: fc.boolean() }),
  ({ lead, tail, named }, builder) => {
    const x = builder.input("x", [...lead, 1, ...tail]);
    builder.y("Squeeze", named ? [x, builder.integers("axes", [-1 - tail.length])] : [x]);
  },
);

const unsqueeze = operatorCases(
  fc.record({ dims: dimsOf(0, 3), at: fc.nat(3), fromEnd: fc.boolean() })
    .filter(({ dims, at }) => at <= dims.length),
  ({ dims, at, fromEnd }, builder) => {
    const axis = fromEnd ? at - dims.length - 2 : at;
    const axes = [axis, fromEnd ? -1 : dims.length + 1];
    builder.y("Unsqueeze", [builder.input("x", dims), builder.integers("axes", axes)]);
  },
);

/** Random configurations of the operators that move elements. */
export const LAYOUT_CASES: Readonly<Record<string, fc.Arbitrary<OperatorCase>>> = {
  Reshape: reshape,
  Flatten: flatten,
  Transpose: transpose,
  "Transpose twice": transposeTwice,
  Concat: concat,
  Slice: slice,
  Pad: pad,
  Squeeze: squeeze,
  Unsqueeze: unsqueeze,
};
