import type { Call, Operator } from "./call.ts";
import { element4, sizeOf, tabulate, type Tensor64 } from "./tensor64.ts";

/** Position p of the output meets inputs p stride - before + k dilation. */
interface Axis {
  readonly kernel: number;
  readonly stride: number;
  readonly dilation: number;
  readonly before: number;
  readonly after: number;
}

function axesOf(call: Call, kernel: readonly number[]): [Axis, Axis] {
  call.require("auto_pad", call.string("auto_pad", "NOTSET"), "NOTSET");
  call.require("ceil_mode", call.int("ceil_mode", 0), 0);
  call.require("number of spatial axes", kernel.length, 2);
  const axis = (i: number): Axis => ({
    kernel: kernel[i]!,
    stride: call.ints("strides")?.[i] ?? 1,
    dilation: call.ints("dilations")?.[i] ?? 1,
    before: call.ints("pads")?.[i] ?? 0,
    after: call.ints("pads")?.[i + 2] ?? 0,
  });
  return [axis(0), axis(1)];
}

function reach({ kernel, dilation }: Axis): number {
  return (kernel - 1) * dilation + 1;
}

function outputSize(axis: Axis, input: number): number {
  return Math.floor((input + axis.before + axis.after - reach(axis)) / axis.stride) + 1;
}

/** The offsets of the kernel at output position p that meet an input, and that input. */
function met(axis: Axis, p: number, input: number): { k: number; at: number }[] {
  const places = Array.from({ length: axis.kernel }, (_, k) => ({
    k,
    at: p * axis.stride - axis.before + k * axis.dilation,
  }));
  return places.filter(({ at }) => at >= 0 && at < input);
}

const conv: Operator = (call) => {
  const [x, w] = [call.input(0), call.input(1)];
  const bias = call.inputs[2];
  const [batch, , height, width] = x.dims as [number, number, number, number];
  const [outputs, perGroup, ...kernel] = w.dims as [number, number, number, number];
  const [rows, columns] = axesOf(call, kernel);
  const outputsPerGroup = outputs / call.int("group", 1);
  const dims = [batch, outputs, outputSize(rows, height), outputSize(columns, width)];
  return [tabulate(dims, ([n, o, p, q]) => {
    const first = Math.floor(o! / outputsPerGroup) * perGroup;
    const across = met(columns, q!, width);
    let sum = bias?.data[o!] ?? 0;
    for (const row of met(rows, p!, height)) {
      for (const column of across) {
        for (let c = 0; c < perGroup; c++) {
          sum += element4(x, n!, first + c, row.at, column.at) *
            element4(w, o!, c, row.k, column.k);
        }
      }
    }
    return sum;
  })];
};

/** Every input adds its kernel, times its value, to the places of the output that it reaches. */
const convTranspose: Operator = (call) => {
  const [x, w] = [call.input(0), call.input(1)];
  const bias = call.inputs[2];
  if (call.ints("output_shape")) throw new RangeError("it has an output_shape, wanted padding");
  const [batch, inputs, height, width] = x.dims as [number, number, number, number];
  const [, perGroup, ...kernel] = w.dims as [number, number, number, number];
  const [rows, columns] = axesOf(call, kernel);
  const group = call.int("group", 1);
  const size = (axis: Axis, input: number, extra: number) =>
    axis.stride * (input - 1) + reach(axis) - axis.before - axis.after + extra;
  const extra = call.ints("output_padding") ?? [0, 0];
  const outHeight = size(rows, height, extra[0]!);
  const outWidth = size(columns, width, extra[1]!);
  const y = tabulate(
    [batch, perGroup * group, outHeight, outWidth],
    ([, o]) => bias?.data[o!] ?? 0,
  );
  tabulate(x.dims, ([n, c, p, q]) => {
    const value = element4(x, n!, c!, p!, q!);
    const first = Math.floor(c! / (inputs / group)) * perGroup;
    for (const row of met(rows, p!, outHeight)) {
      for (const column of met(columns, q!, outWidth)) {
        for (let o = 0; o < perGroup; o++) {
          const at = ((n! * y.dims[1]! + first + o) * outHeight + row.at) * outWidth + column.at;
          y.data[at]! += value * element4(w, c!, o, row.k, column.k);
        }
      }
    }
    return value;
  });
  return [y];
};

/** A function of the values that each window meets, and of where they are in the whole input. */
function pool(
  call: Call,
  f: (values: readonly number[], places: readonly number[]) => number,
): Tensor64 {
  const x = call.input(0);
  const [batch, channels, height, width] = x.dims as [number, number, number, number];
  const [rows, columns] = axesOf(call, call.ints("kernel_shape")!);
  const dims = [batch, channels, outputSize(rows, height), outputSize(columns, width)];
  return tabulate(dims, ([n, c, p, q]) => {
    const values: number[] = [];
    const places: number[] = [];
    for (const row of met(rows, p!, height)) {
      for (const column of met(columns, q!, width)) {
        values.push(element4(x, n!, c!, row.at, column.at));
        places.push(((n! * channels + c!) * height + row.at) * width + column.at);
      }
    }
    return f(values, places);
  });
}

/** Its second output is where the first largest value of each window is. */
const maxPool: Operator = (call) => {
  call.require("storage_order", call.int("storage_order", 0), 0);
  return [
    pool(call, (values) => Math.max(...values)),
    pool(call, (values, places) => places[values.indexOf(Math.max(...values))]!),
  ];
};

const averagePool: Operator = (call) => {
  const whole = sizeOf(call.ints("kernel_shape")!);
  const counted = call.int("count_include_pad", 0) === 1;
  return [
    pool(
      call,
      (values) => values.reduce((sum, value) => sum + value, 0) / (counted ? whole : values.length),
    ),
  ];
};

const globalAveragePool: Operator = (call) => {
  const x = call.input(0);
  const [batch, channels, height, width] = x.dims as [number, number, number, number];
  return [tabulate([batch, channels, 1, 1], ([n, c]) => {
    let sum = 0;
    for (let p = 0; p < height; p++) {
      for (let q = 0; q < width; q++) sum += element4(x, n!, c!, p, q);
    }
    return sum / (height * width);
  })];
};

/** Convolutions and poolings over two axes. */
export const WINDOWS: Readonly<Record<string, Operator>> = {
  Conv: conv,
  ConvTranspose: convTranspose,
  MaxPool: maxPool,
  AveragePool: averagePool,
  GlobalAveragePool: globalAveragePool,
};
