import type { Operator } from "./call.ts";
import { broadcastDims, broadcastElement, element, tabulate, type Tensor64 } from "./tensor64.ts";

const gemm: Operator = (call) => {
  const [a, b] = [call.input(0), call.input(1)];
  const c = call.inputs[2];
  const [transA, transB] = [call.int("transA", 0) === 1, call.int("transB", 0) === 1];
  const [alpha, beta] = [call.float("alpha", 1), call.float("beta", 1)];
  const [rows, inner] = transA ? a.dims.toReversed() : a.dims;
  const [other, columns] = transB ? b.dims.toReversed() : b.dims;
  if (inner !== other) throw new RangeError(`shapes [${a.dims}] and [${b.dims}] do not multiply`);
  return [tabulate([rows!, columns!], ([row, column]) => {
    let sum = 0;
    for (let k = 0; k < inner!; k++) {
      sum += element(a, transA ? [k, row!] : [row!, k]) *
        element(b, transB ? [column!, k] : [k, column!]);
    }
    return alpha * sum + (c ? beta * broadcastElement(c, [row!, column!]) : 0);
  })];
};

/** Of matrices or batches of them, as numpy's matmul. */
const matMul: Operator = (call) => {
  const [a, b] = [call.input(0), call.input(1)];
  const inner = a.dims.at(-1)!;
  if (a.dims.length < 2 || b.dims.length < 2 || inner !== b.dims.at(-2)) {
    throw new RangeError(`shapes [${a.dims}] and [${b.dims}] do not multiply`);
  }
  const batch = broadcastDims([a.dims.slice(0, -2), b.dims.slice(0, -2)]);
  const placeIn = (tensor: Tensor64, at: readonly number[]) => {
    const own = tensor.dims.slice(0, -2);
    const lead = at.length - own.length;
    return own.map((size, axis) => size === 1 ? 0 : at[lead + axis]!);
  };
  return [tabulate([...batch, a.dims.at(-2)!, b.dims.at(-1)!], (index) => {
    const at = index.slice(0, -2);
    const [inA, inB] = [placeIn(a, at), placeIn(b, at)];
    const [row, column] = [index.at(-2)!, index.at(-1)!];
    let sum = 0;
    for (let k = 0; k < inner; k++) {
      sum += element(a, [...inA, row, k]) * element(b, [...inB, k, column]);
    }
    return sum;
  })];
};

/** Matrix products. */
export const MATRICES: Readonly<Record<string, Operator>> = { Gemm: gemm, MatMul: matMul };
