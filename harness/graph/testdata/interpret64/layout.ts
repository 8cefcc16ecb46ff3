import type { Call, Operator } from "./call.ts";
import { element, normalAxis, sizeOf, tabulate, type Tensor64, withAxis } from "./tensor64.ts";
import { broadcastDims, broadcastElement } from "./tensor64.ts";

/** The same elements in the same order with other dimensions. */
function reshaped({ data }: Tensor64, dims: readonly number[]): Tensor64[] {
  if (sizeOf(dims) !== data.length) {
    throw new RangeError(`${data.length} elements, wanted [${dims}]`);
  }
  return [{ dims, data }];
}

const reshape: Operator = (call) => {
  const x = call.input(0);
  call.require("allowzero", call.int("allowzero", 0), 0);
  const wanted = call.integers(1)!.map((size, i) => size === 0 ? x.dims[i]! : size);
  const rest = x.data.length / sizeOf(wanted.filter((size) => size !== -1));
  return reshaped(x, wanted.map((size) => size === -1 ? rest : size));
};

const flatten: Operator = (call) => {
  const x = call.input(0);
  const given = call.int("axis", 1);
  const axis = given < 0 ? given + x.dims.length : given;
  return reshaped(x, [sizeOf(x.dims.slice(0, axis)), sizeOf(x.dims.slice(axis))]);
};

const squeeze: Operator = (call) => {
  const x = call.input(0);
  const axes = call.integers(1)?.map((axis) => normalAxis(axis, x.dims.length));
  return reshaped(x, x.dims.filter((size, axis) => axes ? !axes.includes(axis) : size !== 1));
};

const unsqueeze: Operator = (call) => {
  const x = call.input(0);
  const given = call.integers(1)!;
  const rank = x.dims.length + given.length;
  const axes = given.map((axis) => normalAxis(axis, rank));
  const sizes = [...x.dims];
  const dims = Array.from({ length: rank }, (_, i) => axes.includes(i) ? 1 : sizes.shift()!);
  return reshaped(x, dims);
};

const transpose: Operator = (call) => {
  const x = call.input(0);
  const order = call.ints("perm") ?? x.dims.map((_, axis) => axis).toReversed();
  const dims = order.map((axis) => x.dims[axis]!);
  return [tabulate(dims, (index) => element(x, order.map((_, i) => index[order.indexOf(i)]!)))];
};

const concat: Operator = (call) => {
  const parts = call.allInputs();
  const axis = normalAxis(call.int("axis", 0), parts[0]!.dims.length);
  const length = parts.reduce((sum, { dims }) => sum + dims[axis]!, 0);
  return [tabulate(withAxis(parts[0]!.dims, axis, length), (index) => {
    let at = index[axis]!;
    for (const part of parts) {
      if (at < part.dims[axis]!) return element(part, withAxis(index, axis, at));
      at -= part.dims[axis]!;
    }
    throw new RangeError("an index beyond the last part");
  })];
};

/** The positions start, start + step, ... before end; bounds count from the end where negative. */
function positions(size: number, start: number, end: number, step: number): number[] {
  const own = (at: number, low: number, high: number) =>
    Math.min(Math.max(at < 0 ? at + size : at, low), high);
  const found: number[] = [];
  if (step > 0) {
    for (let at = own(start, 0, size); at < own(end, 0, size); at += step) found.push(at);
  } else {
    for (let at = own(start, 0, size - 1); at > own(end, -1, size - 1); at += step) found.push(at);
  }
  return found;
}

const slice: Operator = (call) => {
  const x = call.input(0);
  const [starts, ends] = [call.integers(1)!, call.integers(2)!];
  const axes = call.integers(3) ?? starts.map((_, i) => i);
  const steps = call.integers(4) ?? starts.map(() => 1);
  const taken = x.dims.map((size) => positions(size, 0, size, 1));
  for (const [i, given] of axes.entries()) {
    const axis = normalAxis(given, x.dims.length);
    taken[axis] = positions(x.dims[axis]!, starts[i]!, ends[i]!, steps[i]!);
  }
  return [tabulate(
    taken.map(({ length }) => length),
    (index) => element(x, index.map((at, axis) => taken[axis]![at]!)),
  )];
};

const pad: Operator = (call) => {
  const x = call.input(0);
  call.require("mode", call.string("mode", "constant"), "constant");
  const pads = call.integers(1)!;
  const value = call.inputs[2]?.data[0] ?? 0;
  const axes = call.integers(3) ?? x.dims.map((_, axis) => axis);
  const before = x.dims.map(() => 0);
  const dims = [...x.dims];
  for (const [i, given] of axes.entries()) {
    const axis = normalAxis(given, x.dims.length);
    before[axis] = pads[i]!;
    dims[axis]! += pads[i]! + pads[i + axes.length]!;
  }
  return [tabulate(dims, (index) => {
    const own = index.map((at, axis) => at - before[axis]!);
    return own.every((at, axis) => at >= 0 && at < x.dims[axis]!) ? element(x, own) : value;
  })];
};

const split: Operator = (call) => {
  const x = call.input(0);
  const axis = normalAxis(call.int("axis", 0), x.dims.length);
  const size = Math.ceil(x.dims[axis]! / call.node.outputs.length);
  const even = call.node.outputs.map((_, i) => Math.min(size, x.dims[axis]! - i * size));
  let start = 0;
  return (call.integers(1) ?? even).map((count) => {
    const from = start;
    start += count;
    return tabulate(
      withAxis(x.dims, axis, count),
      (index) => element(x, withAxis(index, axis, from + index[axis]!)),
    );
  });
};

const expand: Operator = (call) => {
  const x = call.input(0);
  const dims = broadcastDims([x.dims, call.integers(1)!]);
  return [tabulate(dims, (index) => broadcastElement(x, index))];
};

const tile: Operator = (call) => {
  const x = call.input(0);
  const dims = x.dims.map((size, axis) => size * call.integers(1)![axis]!);
  return [tabulate(dims, (index) => element(x, index.map((at, axis) => at % x.dims[axis]!)))];
};

/** Nearest neighbour by a factor: output p is input floor(p / factor). */
const resize: Operator = (call) => {
  const x = call.input(0);
  call.require("mode", call.string("mode", "nearest"), "nearest");
  const transformation = call.string("coordinate_transformation_mode", "half_pixel");
  call.require("coordinate_transformation_mode", transformation, "asymmetric");
  const rounding = call.string("nearest_mode", "round_prefer_floor");
  call.require("nearest_mode", rounding, "floor");
  const factors = call.integers(2)!;
  const dims = x.dims.map((size, axis) => size * factors[axis]!);
  if (dims.some((size) => !Number.isInteger(size))) {
    throw new RangeError(`its factors are ${factors}, wanted whole numbers`);
  }
  return [tabulate(
    dims,
    (index) => element(x, index.map((at, axis) => Math.floor(at / factors[axis]!))),
  )];
};

const own = (at: number, size: number) => at < 0 ? at + size : at;

const gather: Operator = (call) => {
  const [x, indices] = [call.input(0), call.input(1)];
  const axis = normalAxis(call.int("axis", 0), x.dims.length);
  const [lead, tail] = [x.dims.slice(0, axis), x.dims.slice(axis + 1)];
  return [tabulate([...lead, ...indices.dims, ...tail], (index) => {
    const at = element(indices, index.slice(axis, axis + indices.dims.length));
    const rest = index.slice(axis + indices.dims.length);
    return element(x, [...index.slice(0, axis), own(at, x.dims[axis]!), ...rest]);
  })];
};

const gatherElements: Operator = (call) => {
  const [x, indices] = [call.input(0), call.input(1)];
  const axis = normalAxis(call.int("axis", 0), x.dims.length);
  return [tabulate(indices.dims, (index) => {
    const at = own(element(indices, index), x.dims[axis]!);
    return element(x, withAxis(index, axis, at));
  })];
};

const scatterElements: Operator = (call) => {
  const [x, indices, updates] = [call.input(0), call.input(1), call.input(2)];
  const reduction = call.string("reduction", "none");
  call.require("reduction", reduction, "none", "add");
  const axis = normalAxis(call.int("axis", 0), x.dims.length);
  const data = Float64Array.from(x.data);
  tabulate(indices.dims, (index) => {
    const place = withAxis(index, axis, own(element(indices, index), x.dims[axis]!));
    const at = place.reduce((flat, i, axis) => flat * x.dims[axis]! + i, 0);
    const value = element(updates, index);
    data[at] = reduction === "add" ? data[at]! + value : value;
    return value;
  });
  return [{ dims: x.dims, data }];
};

function list(values: readonly number[]): Tensor64[] {
  return [{ dims: [values.length], data: Float64Array.from(values) }];
}

const shape: Operator = (call: Call) => {
  const { dims } = call.input(0);
  return list(dims.slice(call.int("start", 0), call.int("end", dims.length)));
};

/** Operators that move elements or speak of shapes. */
export const LAYOUT: Readonly<Record<string, Operator>> = {
  Reshape: reshape,
  Flatten: flatten,
  Squeeze: squeeze,
  Unsqueeze: unsqueeze,
  Transpose: transpose,
  Concat: concat,
  Slice: slice,
  Pad: pad,
  Split: split,
  Expand: expand,
  Tile: tile,
  Resize: resize,
  Gather: gather,
  GatherElements: gatherElements,
  ScatterElements: scatterElements,
  Shape: shape,
};
