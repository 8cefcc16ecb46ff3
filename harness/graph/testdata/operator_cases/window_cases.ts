import * as fc from "fast-check";
import { type Attribute, int, ints } from "../../graph.ts";
import { type OperatorCase, operatorCases, size } from "./case_builder.ts";

/** One axis of a sliding window. */
interface WindowAxis {
  readonly kernel: number;
  readonly stride: number;
  readonly dilation: number;
  readonly before: number;
  readonly after: number;
  /** Of the input. */
  readonly size: number;
}

/** @param padding Where it may be as large as the kernel or larger, else it is smaller. */
function windowAxis(
  { largestDilation, padding }: {
    readonly largestDilation: number;
    readonly padding: "any" | "below kernel";
  },
): fc.Arbitrary<WindowAxis> {
  return fc.record({
    kernel: size,
    stride: size,
    dilation: fc.integer({ min: 1, max: largestDilation }),
    before: fc.nat(3),
    after: fc.nat(3),
    more: fc.nat(4),
  }).map(({ kernel, stride, dilation, before, after, more }) => {
    const most = padding === "any" ? 3 : kernel - 1;
    const pads = { before: Math.min(before, most), after: Math.min(after, most) };
    const reach = (kernel - 1) * dilation + 1;
    // From one dilation on, every window meets an input.
    const least = Math.max(dilation, reach - pads.before - pads.after);
    return { kernel, stride, dilation, ...pads, size: least + more };
  });
}

function windowAttributes(rows: WindowAxis, columns: WindowAxis): Record<string, Attribute> {
  const both = (name: keyof WindowAxis) => [rows[name], columns[name]];
  return {
    kernel_shape: ints(both("kernel")),
    strides: ints(both("stride")),
    pads: ints([...both("before"), ...both("after")]),
  };
}

function dilations(rows: WindowAxis, columns: WindowAxis): Record<string, Attribute> {
  return { dilations: ints([rows.dilation, columns.dilation]) };
}

const channels = fc.integer({ min: 1, max: 2 });
const convAxis = windowAxis({ largestDilation: 3, padding: "any" });

function conv(
  axis: fc.Arbitrary<WindowAxis>,
  group: fc.Arbitrary<number>,
): fc.Arbitrary<OperatorCase> {
  return operatorCases(
    fc.record({
      rows: axis,
      columns: axis,
      batch: channels,
      group,
      inputs: channels,
      outputs: channels,
      bias: fc.boolean(),
    }),
    ({ rows, columns, batch, group, inputs, outputs, bias }, builder) => {
      const x = builder.input("x", [batch, group * inputs, rows.size, columns.size]);
      const w = builder.input("w", [group * outputs, inputs, rows.kernel, columns.kernel]);
      const b = bias ? [builder.input("b", [group * outputs])] : [];
      builder.y("Conv", [x, w, ...b], {
        ...windowAttributes(rows, columns),
        ...dilations(rows, columns),
        group: int(group),
      });
    },
  );
}

const transposedAxis = fc.tuple(convAxis, fc.nat(2)).map(([axis, extra]) => ({
  ...axis,
  size: Math.min(axis.size, 3),
  extra: Math.min(extra, axis.stride - 1),
})).filter(({ kernel, stride, dilation, before, after, size, extra }) =>
  stride * (size - 1) + (kernel - 1) * dilation + 1 - before - after + extra >= 1
);

const convTranspose = operatorCases(
  fc.record({
    rows: transposedAxis,
    columns: transposedAxis,
    batch: channels,
    group: channels,
    inputs: channels,
    outputs: channels,
    bias: fc.boolean(),
  }),
  ({ rows, columns, batch, group, inputs, outputs, bias }, builder) => {
    const x = builder.input("x", [batch, group * inputs, rows.size, columns.size]);
    const w = builder.input("w", [group * inputs, outputs, rows.kernel, columns.kernel]);
    const b = bias ? [builder.input("b", [group * outputs])] : [];
    builder.y("ConvTranspose", [x, w, ...b], {
      ...windowAttributes(rows, columns),
      ...dilations(rows, columns),
      output_padding: ints([rows.extra, columns.extra]),
      group: int(group),
    });
  },
);

const maxPoolAxis = windowAxis({ largestDilation: 2, padding: "below kernel" });

const maxPool = operatorCases(
  fc.record({ rows: maxPoolAxis, columns: maxPoolAxis, batch: channels, channels }),
  ({ rows, columns, batch, channels }, builder) => {
    const x = builder.input("x", [batch, channels, rows.size, columns.size], "separated");
    builder.y("MaxPool", [x], { ...windowAttributes(rows, columns), ...dilations(rows, columns) });
  },
);

/** One window on a square image, as networks have it: the smaller the stride, the more they overlap. */
function squareMaxPool(kernel: number, stride: number, padding: number) {
  return operatorCases(
    fc.record({ height: fc.integer({ min: 3, max: 7 }), width: fc.integer({ min: 3, max: 7 }) }),
    ({ height, width }, builder) => {
      const x = builder.input("x", [1, 2, height, width], "separated");
      builder.y("MaxPool", [x], {
        kernel_shape: ints([kernel, kernel]),
        strides: ints([stride, stride]),
        pads: ints([padding, padding, padding, padding]),
      });
    },
  );
}

const averagePoolAxis = windowAxis({ largestDilation: 1, padding: "below kernel" });

const averagePool = operatorCases(
  fc.record({
    rows: averagePoolAxis,
    columns: averagePoolAxis,
    batch: channels,
    channels,
    countPadding: fc.boolean(),
  }),
  ({ rows, columns, batch, channels, countPadding }, builder) => {
    const x = builder.input("x", [batch, channels, rows.size, columns.size]);
    builder.y("AveragePool", [x], {
      ...windowAttributes(rows, columns),
      ...(countPadding ? { count_include_pad: int(1) } : {}),
    });
  },
);

const globalAveragePool = operatorCases(
  fc.record({ batch: size, channels: size, height: size, width: size }),
  ({ batch, channels, height, width }, builder) =>
    builder.y("GlobalAveragePool", [builder.input("x", [batch, channels, height, width])]),
);

/** Random configurations of convolutions and poolings. */
export const WINDOW_CASES: Readonly<Record<string, fc.Arbitrary<OperatorCase>>> = {
  Conv: conv(convAxis, fc.constant(1)),
  "Conv without dilation": conv(
    windowAxis({ largestDilation: 1, padding: "any" }),
    fc.constant(1),
  ),
  "Conv with stride 1": conv(convAxis.map((axis) => ({ ...axis, stride: 1 })), fc.constant(1)),
  "Conv of single pixels": conv(
    fc.record({ stride: size, size: fc.integer({ min: 1, max: 6 }) }).map((axis) => ({
      ...axis,
      kernel: 1,
      dilation: 1,
      before: 0,
      after: 0,
    })),
    fc.constant(1),
  ),
  "Conv with groups": conv(convAxis, fc.integer({ min: 2, max: 3 })),
  ConvTranspose: convTranspose,
  MaxPool: maxPool,
  "MaxPool of 2 x 2": squareMaxPool(2, 2, 0),
  "MaxPool of 3 x 3 with stride 2 and padding 1": squareMaxPool(3, 2, 1),
  AveragePool: averagePool,
  GlobalAveragePool: globalAveragePool,
};
