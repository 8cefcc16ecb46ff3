import assert from "node:assert/strict";
import { openCpu } from "../device/mod.ts";
import {
  type Graph,
  int,
  layersToInspect,
  probeShapes,
  tap,
  tokenLayers,
  type TokenReading,
  writeGraph,
} from "./mod.ts";
import { tinyTransformer, TOKEN_SIZE, TOKENS } from "./testdata/tiny_transformer.ts";

const device = await openCpu(1);

/** The transformer with a head that reads one token. */
function readingToken(index: bigint): Graph {
  const graph = tinyTransformer();
  const nodes = graph.nodes.map((node) =>
    node.name !== "mean" ? node : {
      ...node,
      op: "Gather",
      inputs: [node.inputs[0]!, "read"],
      attributes: new Map([["axis", int(1)]]),
    }
  );
  const read = { type: "int64", dims: [], data: BigInt64Array.of(index) } as const;
  return { ...graph, nodes, initializers: new Map([...graph.initializers, ["read", read]]) };
}

/** What the layers of blocks make of one image, with all tokens and with one. */
async function representations(graph: Graph, reading: TokenReading) {
  const shapes = await probeShapes(device, graph, [1, 8, 8]);
  const checkpoints = layersToInspect(graph, shapes);
  const found = tokenLayers(graph, checkpoints, shapes, reading);
  if (!found) return undefined;
  const before = checkpoints.filter(({ name }) => name.startsWith("block"));
  const after = found.checkpoints.filter(({ name }) => name.startsWith("block"));
  const tensors = [...before, ...after].map(({ tensor }) => tensor);
  const session = await device.open(writeGraph(tap(found.graph, tensors)));
  const pixels = Float32Array.from({ length: 64 }, (_, at) => Math.cos(at));
  const made = await session.run({ images: { dims: [1, 1, 8, 8], data: pixels } });
  await session.release();
  return before.map(({ tensor }, at) => ({
    all: [...made[tensor]!.data as Float32Array],
    one: [...made[after[at]!.tensor]!.data as Float32Array],
  }));
}

Deno.test("tokenLayers() gives the mean over tokens at each block", async () => {
  const found = await representations(tinyTransformer(), "mean");
  assert.equal(found!.length, 2);
  for (const { all, one } of found!) {
    assert.equal(one.length, TOKEN_SIZE);
    for (const [unit, value] of one.entries()) {
      let sum = 0;
      for (let token = 0; token < TOKENS; token++) sum += all[token * TOKEN_SIZE + unit]!;
      assert.ok(Math.abs(value - sum / TOKENS) < 1e-5);
    }
  }
});

Deno.test("tokenLayers() gives the token that the head reads, counted from either end", async () => {
  for (const [index, token] of [[0n, 0], [2n, 2], [-1n, TOKENS - 1]] as const) {
    for (const { all, one } of (await representations(readingToken(index), "token"))!) {
      assert.deepEqual(one, all.slice(token * TOKEN_SIZE, (token + 1) * TOKEN_SIZE));
    }
  }
});

Deno.test("tokenLayers() gives no single token where the head reads their mean", async () => {
  assert.equal(await representations(tinyTransformer(), "token"), undefined);
});

Deno.test("tokenLayers() leaves layers without tokens, and depths, as they are", async () => {
  const graph = tinyTransformer();
  const shapes = await probeShapes(device, graph, [1, 8, 8]);
  const checkpoints = layersToInspect(graph, shapes);
  const found = tokenLayers(graph, checkpoints, shapes, "mean")!;
  assert.deepEqual(
    found.checkpoints.map(({ name, depth }) => [name, depth]),
    checkpoints.map(({ name, depth }) => [name, depth]),
  );
  const kept = found.checkpoints.filter(({ tensor }) =>
    graph.nodes.some((node) => node.outputs.includes(tensor))
  );
  assert.deepEqual(kept.map(({ name }) => name), ["conv1", "last hidden", "fc1"]);
  assert.equal(tokenLayers(graph, checkpoints.slice(0, 3), shapes, "mean"), undefined);
});
