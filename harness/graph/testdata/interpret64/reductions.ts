import type { Call, Operator } from "./call.ts";
import { element, normalAxis, sizeOf, tabulate, type Tensor64, withAxis } from "./tensor64.ts";

/** A function of all values along the axes that the node names; all axes where it names none. */
function reduce(f: (values: readonly number[]) => number): Operator {
  return (call) => {
    const x = call.input(0);
    const rank = x.dims.length;
    const given = call.ints("axes") ?? call.integers(1) ?? [];
    if (given.length === 0 && call.int("noop_with_empty_axes", 0) === 1) return [x];
    const all = Array.from({ length: rank }, (_, axis) => axis);
    const axes = given.length > 0 ? given.map((axis) => normalAxis(axis, rank)) : all;
    const kept = all.map((axis) => axes.includes(axis) ? 1 : x.dims[axis]!);
    const within = all.map((axis) => axes.includes(axis) ? x.dims[axis]! : 1);
    const { data } = tabulate(kept, (outer) => {
      const start = [...outer];
      const values = tabulate(within, (inner) => element(x, inner.map((at, i) => at + start[i]!)));
      return f(Array.from(values.data));
    });
    if (call.int("keepdims", 1) === 1) return [{ dims: kept, data }];
    return [{ dims: x.dims.filter((_, axis) => !axes.includes(axis)), data }];
  };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

/** log of the sum of the exponentials along an axis, at each index. */
function logSumExp(x: Tensor64, axis: number): (index: readonly number[]) => number {
  const along = Array.from({ length: x.dims[axis]! }, (_, at) => at);
  return (index) => {
    const values = along.map((at) => element(x, withAxis(index, axis, at)));
    const highest = Math.max(...values);
    return highest + Math.log(sum(values.map((value) => Math.exp(value - highest))));
  };
}

function logSoftmax(call: Call): Tensor64 {
  const x = call.input(0);
  const total = logSumExp(x, normalAxis(call.int("axis", -1), x.dims.length));
  return tabulate(x.dims, (index) => element(x, index) - total(index));
}

/** With training_mode 1 the further outputs are the running mean and variance. */
const batchNormalization: Operator = (call) => {
  const [x, scale, shift, mean, variance] = call.allInputs() as [
    Tensor64,
    Tensor64,
    Tensor64,
    Tensor64,
    Tensor64,
  ];
  const epsilon = call.float("epsilon", 1e-5);
  const normalise = (means: Float64Array, variances: Float64Array) =>
    tabulate(x.dims, (index) => {
      const c = index[1]!;
      const deviation = Math.sqrt(variances[c]! + epsilon);
      return scale.data[c]! * (element(x, index) - means[c]!) / deviation + shift.data[c]!;
    });
  if (call.int("training_mode", 0) === 0) return [normalise(mean.data, variance.data)];

  const channels = x.dims[1]!;
  const values: number[][] = Array.from({ length: channels }, () => []);
  tabulate(x.dims, (index) => values[index[1]!]!.push(element(x, index)));
  const count = sizeOf(x.dims) / channels;
  const means = Float64Array.from(values, (own) => sum(own) / count);
  const variances = Float64Array.from(
    values,
    (own, c) => sum(own.map((value) => (value - means[c]!) ** 2)) / count,
  );
  const momentum = call.float("momentum", 0.9);
  const move = (running: Tensor64, batch: Float64Array) => ({
    dims: running.dims,
    data: running.data.map((value, c) => value * momentum + batch[c]! * (1 - momentum)),
  });
  return [normalise(means, variances), move(mean, means), move(variance, variances)];
};

/** Reductions and normalisations. */
export const REDUCTIONS: Readonly<Record<string, Operator>> = {
  ReduceSum: reduce(sum),
  ReduceMean: reduce((values) => sum(values) / values.length),
  ReduceMax: reduce((values) => Math.max(...values)),
  ReduceMin: reduce((values) => Math.min(...values)),
  ReduceSumSquare: reduce((values) => sum(values.map((value) => value ** 2))),
  ReduceProd: reduce((values) => values.reduce((product, value) => product * value, 1)),
  LogSoftmax: (call) => [logSoftmax(call)],
  Softmax: (call) => {
    const { dims, data } = logSoftmax(call);
    return [{ dims, data: data.map(Math.exp) }];
  },
  BatchNormalization: batchNormalization,
};
