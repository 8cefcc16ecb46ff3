import assert from "node:assert/strict";
import { randomStream } from "../../base/mod.ts";
import { type FloatTensor, openCpu } from "../../device/mod.ts";
import { channelBlock } from "../../train/channel_block.ts";
import { type Graph, GraphBuilder, ints, writeGraph } from "../mod.ts";
import { BLOCKED, withBlockedConvolutions } from "./mod.ts";
import { sizeOf } from "./shapes.ts";

const device = await openCpu(2);
const block = await channelBlock(device);
if (block === undefined) {
  console.warn("skipped: withBlockedConvolutions() on cpu, which has no blocked channels here");
}

/** Of the largest output: sums of some hundred terms in another order. */
const TOLERANCE = 1e-5;

interface Conv {
  readonly channels: readonly [number, number];
  readonly kernel: readonly [number, number];
  readonly strides?: readonly number[];
  readonly pads?: readonly number[];
  readonly dilations?: readonly number[];
  readonly bias?: boolean;
}

const SIZE = [11, 9];
const BATCH = 3;

function graphOf({ channels, kernel, bias = false, ...attributes }: Conv): Graph {
  const [inputs, outputs] = channels;
  const builder = new GraphBuilder("convolution");
  const x = builder.input("x", [BATCH, inputs, ...SIZE]);
  const w = builder.input("w", [outputs, inputs, ...kernel]);
  const b = bias ? [builder.input("b", [outputs])] : [];
  const lists = Object.entries(attributes).map(([name, values]) => [name, ints(values)]);
  builder.output(builder.add("y", "Conv", [x, w, ...b], Object.fromEntries(lists)));
  return builder.build();
}

async function run(graph: Graph): Promise<FloatTensor> {
  const random = randomStream(1, "blocked convolutions");
  const feeds = Object.fromEntries(graph.inputs.map(({ name, shape }) => {
    const dims = shape as number[];
    return [name, { dims, data: Float32Array.from({ length: sizeOf(dims) }, random.normal) }];
  }));
  const session = await device.open(writeGraph(graph));
  try {
    const { dims, data } = (await session.run(feeds)).y!;
    return { dims: [...dims], data: data.slice() };
  } finally {
    await session.release();
  }
}

const isBlocked = ({ nodes }: Graph) => nodes.some(({ domain }) => domain === BLOCKED);

const CASES: Readonly<Record<string, Conv>> = {
  "of 3 x 3 with a bias": { channels: [32, 16], kernel: [3, 3], pads: [1, 1, 1, 1], bias: true },
  "of few input channels": { channels: [3, 16], kernel: [5, 3], pads: [2, 1, 2, 1], bias: true },
  "of single pixels with strides": { channels: [16, 32], kernel: [1, 1], strides: [2, 2] },
  "with strides and uneven padding": {
    channels: [16, 16],
    kernel: [3, 2],
    strides: [2, 1],
    pads: [0, 1, 2, 0],
  },
  "with dilation": { channels: [16, 48], kernel: [3, 3], dilations: [2, 3], pads: [2, 3, 2, 3] },
};

for (const [name, conv] of Object.entries(CASES)) {
  Deno.test({
    name: `withBlockedConvolutions() gives the same values for a convolution ${name}`,
    ignore: block === undefined,
    async fn() {
      const graph = graphOf(conv);
      const rewritten = withBlockedConvolutions(graph, block!, 1);
      assert.ok(isBlocked(rewritten));
      const [wanted, found] = [await run(graph), await run(rewritten)];
      assert.deepEqual(found.dims, wanted.dims);
      const largest = wanted.data.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
      for (const [at, value] of wanted.data.entries()) {
        const error = Math.abs(found.data[at]! - value);
        assert.ok(error <= TOLERANCE * largest, `y[${at}]: ${found.data[at]}, wanted ${value}`);
      }
    },
  });
}

Deno.test("withBlockedConvolutions() leaves channels that fill no whole block, and few positions", () => {
  const kernel = [3, 3] as const;
  const rewritten = (channels: readonly [number, number], fewest = 1) =>
    withBlockedConvolutions(graphOf({ channels, kernel }), 16, fewest);
  assert.ok(isBlocked(rewritten([16, 16])));
  assert.ok(!isBlocked(rewritten([16, 20])));
  assert.ok(!isBlocked(rewritten([24, 16])));
  // 3 images of 9 x 7 positions.
  assert.ok(isBlocked(rewritten([16, 16], 189)));
  assert.ok(!isBlocked(rewritten([16, 16], 190)));
});
