/**
 * Whether a device computes at all: WebGPU stacks have failed by giving zeros in silence. Four
 * operations on fixed numbers, against float64.
 *
 * @module
 */
import { messageOf, type RandomStream, randomStream, RunError } from "../base/mod.ts";
import type { Device, FloatTensor } from "../device/mod.ts";
import { GraphBuilder, writeGraph } from "../graph/mod.ts";
import type { Result } from "../spec/mod.ts";

/** Outcome of one operation. */
export type SelfTestResult = Result["device"]["selfTest"][number];

/** Largest error, relative to the largest value, that counts as passed. */
const TOLERANCE = 1e-5;

interface Operation {
  readonly name: string;
  build(graph: GraphBuilder): void;
  readonly feeds: Readonly<Record<string, FloatTensor>>;
  readonly expected: Float64Array;
}

/** Runs every operation; a device that cannot run one fails it. */
export async function selfTest(device: Device): Promise<SelfTestResult[]> {
  const results: SelfTestResult[] = [];
  for (const operation of [convolution(), matrixProduct(), maxPooling(), reduction()]) {
    results.push(await check(device, operation));
  }
  return results;
}

/**
 * Runs every operation.
 *
 * @throws {RunError} When one fails: no result of the device would be trusted.
 */
export async function requireSelfTest(device: Device): Promise<SelfTestResult[]> {
  const tests = await selfTest(device);
  if (passes(tests)) return tests;
  const failed = tests.filter(({ passed }) => !passed).map(({ name }) => name).join(", ");
  throw new RunError(
    `device ${device.kind} fails its self-test (${failed}): no result is trusted`,
  );
}

/** Whether all operations passed. */
export function passes(results: readonly SelfTestResult[]): boolean {
  return results.every(({ passed }) => passed);
}

async function check(
  device: Device,
  { name, build, feeds, expected }: Operation,
): Promise<SelfTestResult> {
  const graph = new GraphBuilder(name);
  for (const [input, { dims }] of Object.entries(feeds)) graph.input(input, dims);
  build(graph);
  graph.output("y");
  try {
    const session = await device.open(writeGraph(graph.build()));
    try {
      const found = (await session.run(feeds))["y"]!.data;
      const largest = expected.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
      const error = found.length === expected.length
        ? expected.reduce((most, value, i) => Math.max(most, Math.abs(found[i]! - value)), 0) /
          largest
        : Infinity;
      const passed = error <= TOLERANCE;
      return { name, error: Number.isFinite(error) ? error : null, tolerance: TOLERANCE, passed };
    } finally {
      await session.release();
    }
  } catch (error) {
    return {
      name: `${name}: ${messageOf(error)}`,
      error: null,
      tolerance: TOLERANCE,
      passed: false,
    };
  }
}

function tensor(dims: readonly number[], random: RandomStream): FloatTensor {
  const length = dims.reduce((product, size) => product * size, 1);
  return { dims, data: Float32Array.from({ length }, () => random.normal()) };
}

function convolution(): Operation {
  const random = randomStream(1, "self-test", "convolution");
  const [channels, out, size, kernel] = [3, 4, 9, 3];
  const x = tensor([1, channels, size, size], random);
  const w = tensor([out, channels, kernel, kernel], random);
  const side = size - kernel + 1;
  const expected = new Float64Array(out * side * side);
  for (let o = 0; o < out; o++) {
    for (let i = 0; i < side * side; i++) {
      const [row, column] = [Math.floor(i / side), i % side];
      let sum = 0;
      for (let c = 0; c < channels; c++) {
        for (let k = 0; k < kernel * kernel; k++) {
          const [dy, dx] = [Math.floor(k / kernel), k % kernel];
          sum += x.data[(c * size + row + dy) * size + column + dx]! *
            w.data[(o * channels + c) * kernel * kernel + k]!;
        }
      }
      expected[o * side * side + i] = sum;
    }
  }
  return {
    name: "convolution",
    build: (graph) => {
      graph.add("y", "Conv", ["x", "w"], {
        kernel_shape: { kind: "ints", value: [kernel, kernel] },
      });
    },
    feeds: { x, w },
    expected,
  };
}

function matrixProduct(): Operation {
  const random = randomStream(1, "self-test", "matrix product");
  const [m, k, n] = [5, 300, 7];
  const a = tensor([m, k], random);
  const b = tensor([k, n], random);
  const expected = Float64Array.from({ length: m * n }, (_, i) => {
    const [row, column] = [Math.floor(i / n), i % n];
    let sum = 0;
    for (let j = 0; j < k; j++) sum += a.data[row * k + j]! * b.data[j * n + column]!;
    return sum;
  });
  return {
    name: "matrix product",
    build: (graph) => {
      graph.add("y", "MatMul", ["a", "b"]);
    },
    feeds: { a, b },
    expected,
  };
}

function maxPooling(): Operation {
  const size = 8;
  const x = tensor([1, 1, size, size], randomStream(1, "self-test", "max pooling"));
  const side = size / 2;
  const expected = Float64Array.from({ length: side * side }, (_, i) => {
    const corner = 2 * Math.floor(i / side) * size + 2 * (i % side);
    return Math.max(...[0, 1, size, size + 1].map((step) => x.data[corner + step]!));
  });
  return {
    name: "max pooling",
    build: (graph) => {
      graph.maxPool("y", "x", { kernel: 2, stride: 2 });
    },
    feeds: { x },
    expected,
  };
}

function reduction(): Operation {
  const [rows, columns] = [3, 1000];
  const x = tensor([rows, columns], randomStream(1, "self-test", "reduction"));
  const expected = Float64Array.from(
    { length: rows },
    (_, row) =>
      x.data.subarray(row * columns, (row + 1) * columns).reduce(
        (sum, value) => sum + value ** 2,
        0,
      ),
  );
  return {
    name: "reduction",
    build: (graph) => {
      graph.add("y", "ReduceSumSquare", ["x"], {
        axes: { kind: "ints", value: [1] },
        keepdims: { kind: "int", value: 0 },
      });
    },
    feeds: { x },
    expected,
  };
}
