/** A row-major tensor of float64. Integers and truth values (0, 1) are kept as numbers too. */
export interface Tensor64 {
  readonly dims: readonly number[];
  readonly data: Float64Array;
}

/** Number of elements. */
export function sizeOf(dims: readonly number[]): number {
  return dims.reduce((product, size) => product * size, 1);
}

/** The tensor whose element at each index is given by a function; the index is reused. */
export function tabulate(
  dims: readonly number[],
  value: (index: readonly number[]) => number,
): Tensor64 {
  const data = new Float64Array(sizeOf(dims));
  const index = dims.map(() => 0);
  for (let at = 0; at < data.length; at++) {
    data[at] = value(index);
    for (let axis = dims.length - 1; axis >= 0; axis--) {
      index[axis]! += 1;
      if (index[axis]! < dims[axis]!) break;
      index[axis] = 0;
    }
  }
  return { dims, data };
}

/** The element at an index, one number an axis. */
export function element({ dims, data }: Tensor64, index: readonly number[]): number {
  let at = 0;
  for (let axis = 0; axis < dims.length; axis++) at = at * dims[axis]! + index[axis]!;
  return data[at]!;
}

/** The element of a tensor with four axes. */
export function element4(
  { dims, data }: Tensor64,
  a: number,
  b: number,
  c: number,
  d: number,
): number {
  return data[((a * dims[1]! + b) * dims[2]! + c) * dims[3]! + d]!;
}

/** The element that numpy's broadcasting puts at an index of a tensor of the same or higher rank. */
export function broadcastElement(tensor: Tensor64, index: readonly number[]): number {
  const lead = index.length - tensor.dims.length;
  return element(tensor, tensor.dims.map((size, axis) => size === 1 ? 0 : index[lead + axis]!));
}

/** numpy's broadcasting of several shapes. */
export function broadcastDims(shapes: readonly (readonly number[])[]): number[] {
  const rank = Math.max(...shapes.map((dims) => dims.length));
  return Array.from({ length: rank }, (_, axis) => {
    const sizes = shapes.map((dims) => dims[axis - rank + dims.length] ?? 1);
    const size = sizes.find((size) => size !== 1) ?? 1;
    if (sizes.some((other) => other !== 1 && other !== size)) {
      throw new RangeError(`shapes ${JSON.stringify(shapes)} do not broadcast`);
    }
    return size;
  });
}

/** An axis as a non-negative number. */
export function normalAxis(axis: number, rank: number): number {
  if (axis < -rank || axis >= rank) throw new RangeError(`axis ${axis} of ${rank} axes`);
  return axis < 0 ? axis + rank : axis;
}

/** The same index with another number at one axis. */
export function withAxis(index: readonly number[], axis: number, at: number): number[] {
  return index.map((own, i) => i === axis ? at : own);
}
