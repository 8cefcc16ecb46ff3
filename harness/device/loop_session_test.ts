import assert from "node:assert/strict";
import { RunError } from "../base/mod.ts";
import { GraphBuilder, writeGraph } from "../graph/mod.ts";
import type { Device, LoopSession } from "./device.ts";
import { openCpu } from "./cpu.ts";
import { openWasm } from "./wasm.ts";
import { openWebGpu } from "./webgpu.ts";
import { runsWebGpu, sayIfSkipped } from "./testdata/runs_web_gpu.ts";

const CARRIED = new Map([["sum", "sum/next"], ["count", "count/next"]]);

/** sum + x and count + 1, and twice the sum before. */
function accumulator(): Uint8Array {
  const builder = new GraphBuilder("accumulator");
  const sum = builder.input("sum", [3]);
  const count = builder.input("count", []);
  const x = builder.input("x", [3]);
  const one = builder.weight("one", [], Float32Array.of(1));
  builder.output(builder.add("sum/next", "Add", [sum, x]));
  builder.output(builder.add("count/next", "Add", [count, one]));
  builder.output(builder.add("double", "Add", [sum, sum]));
  return writeGraph(builder.build());
}

const ZERO = new Map([
  ["sum", { dims: [3], data: new Float32Array(3) }],
  ["count", { dims: [], data: new Float32Array(1) }],
]);

function feed(...values: number[]) {
  return { x: { dims: [values.length], data: Float32Array.from(values) } };
}

async function stateOf(loop: LoopSession): Promise<Record<string, number[]>> {
  return Object.fromEntries([...await loop.read()].map(([name, { data }]) => [name, [...data]]));
}

sayIfSkipped("openLoop() on webgpu");

const KINDS: readonly [string, () => Promise<Device>, boolean][] = [
  ["cpu", () => openCpu(1), true],
  ["wasm", () => openWasm(1), true],
  ["webgpu", openWebGpu, runsWebGpu],
];

for (const [kind, open, isThere] of KINDS) {
  const on = (name: string, body: (loop: LoopSession) => Promise<void>) =>
    Deno.test({
      name: `openLoop() on ${kind} ${name}`,
      ignore: !isThere,
      async fn() {
        const device = await open();
        const loop = await device.openLoop(accumulator(), CARRIED);
        try {
          await body(loop);
        } finally {
          await loop.release();
        }
      },
    });

  on("hands the carried outputs on to the next run", async (loop) => {
    loop.write(ZERO);
    for (let step = 1; step <= 6; step++) {
      const { double, ...others } = await loop.run(feed(step, 10 * step, -step));
      const before = step * (step - 1) / 2;
      assert.deepEqual([...double!.data], [2 * before, 20 * before, 0 - 2 * before]);
      assert.deepEqual(others, {});
    }
    assert.deepEqual(await stateOf(loop), { sum: [21, 210, -21], count: [6] });
    // Reading may move values off the device; the next run takes them all the same.
    await loop.run(feed(1, 1, 1));
    assert.deepEqual(await stateOf(loop), { sum: [22, 211, -20], count: [7] });
  });

  on("copies what it is given and what it gives", async (loop) => {
    const sum = Float32Array.of(1, 2, 3);
    loop.write(new Map([...ZERO, ["sum", { dims: [3], data: sum }]]));
    sum.fill(100);
    const kept = await loop.read();
    await loop.run(feed(1, 1, 1));
    await loop.run(feed(1, 1, 1));
    await loop.run(feed(1, 1, 1));
    assert.deepEqual([...kept.get("sum")!.data], [1, 2, 3]);
    kept.get("sum")!.data.fill(100);
    assert.deepEqual(await stateOf(loop), { sum: [4, 5, 6], count: [3] });
  });

  on("starts again from what is written", async (loop) => {
    loop.write(ZERO);
    await loop.run(feed(1, 2, 3));
    await loop.run(feed(1, 2, 3));
    const state = await loop.read();
    await loop.run(feed(5, 5, 5));
    loop.write(state);
    await loop.run(feed(1, 2, 3));
    assert.deepEqual(await stateOf(loop), { sum: [3, 6, 9], count: [3] });
  });

  on("refuses to start without every value", (loop) => {
    assert.throws(
      () => loop.write(new Map([["sum", ZERO.get("sum")!]])),
      new RunError('Cannot start the loop: no value for "count"'),
    );
    return Promise.resolve();
  });

  on("can be read after a run that failed, but runs no more", async (loop) => {
    loop.write(ZERO);
    await loop.run(feed(1, 2, 3));
    await loop.run(feed(1, 2, 3));
    await assert.rejects(() => loop.run(feed(1, 2)), RunError);
    assert.deepEqual(await stateOf(loop), { sum: [2, 4, 6], count: [2] });
    await assert.rejects(
      () => loop.run(feed(1, 2, 3)),
      (error) =>
        error instanceof RunError &&
        error.message.startsWith("Cannot go on with the ONNX graph, a run failed before: "),
    );
    assert.deepEqual(await stateOf(loop), { sum: [2, 4, 6], count: [2] });
  });
}
