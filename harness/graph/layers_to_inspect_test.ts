import assert from "node:assert/strict";
import { openCpu } from "../device/mod.ts";
import {
  checkpointsOf,
  type Graph,
  GraphBuilder,
  int,
  layersToInspect,
  probeShapes,
} from "./mod.ts";
import { tinyTransformer } from "./testdata/tiny_transformer.ts";

const device = await openCpu(1);

async function layersOf(graph: Graph, shape: readonly number[]): Promise<string[]> {
  const layers = layersToInspect(graph, await probeShapes(device, graph, shape));
  return layers.map(({ name, tensor, depth }) => `${name} ${tensor} ${depth}`);
}

Deno.test("layersToInspect() takes blocks and the pooled tokens of a transformer", async () => {
  assert.deepEqual(await layersOf(tinyTransformer(), [1, 8, 8]), [
    "input images 0",
    "conv1 patches.out 1",
    "block1 joined1 3",
    "block2 joined2 5",
    "last hidden mean 5",
    "fc1 head.out 6",
  ]);
});

Deno.test("layersToInspect() takes the token that the last dense layer takes", async () => {
  const graph = tinyTransformer();
  const nodes = graph.nodes.map((node) =>
    node.name === "mean"
      ? {
        ...node,
        op: "Gather",
        inputs: [node.inputs[0]!, "first"],
        attributes: new Map([["axis", int(1)]]),
      }
      : node
  );
  const first = { type: "int64", dims: [], data: BigInt64Array.of(0n) } as const;
  const initializers = new Map([...graph.initializers, ["first", first] as const]);
  const layers = await layersOf({ ...graph, nodes, initializers }, [1, 8, 8]);
  assert.deepEqual(layers.slice(-3), ["block2 joined2 5", "last hidden mean 5", "fc1 head.out 6"]);
});

/** Dense layers one after the other. */
function chain(length: number): Graph {
  const graph = new GraphBuilder("chain");
  let x = graph.input("x", ["N", 2]);
  for (let at = 1; at <= length; at++) {
    graph.weight(`w${at}`, [2, 2], new Float32Array(4).fill(1));
    x = graph.add(`y${at}`, "MatMul", [x, `w${at}`]);
  }
  graph.output(x);
  return graph.build();
}

Deno.test("layersToInspect() keeps to the rule where it finds enough layers", async () => {
  const graph = chain(30);
  const shapes = await probeShapes(device, graph, [2]);
  assert.deepEqual(layersToInspect(graph, shapes), checkpointsOf(graph, shapes));
});

/** Residual blocks on 2 x 2 pixels, which the rule passes over. */
function blocks(length: number): Graph {
  const graph = new GraphBuilder("blocks");
  let x = graph.input("x", ["N", 2, 2, 2]);
  for (let at = 1; at <= length; at++) {
    graph.weight(`c${at}.weight`, [2, 2, 1, 1], new Float32Array(4).fill(1));
    x = graph.add(`sum${at}`, "Add", [x, graph.conv(`c${at}`, x, { kernel: 1 }, false)]);
  }
  graph.output(x);
  return graph.build();
}

Deno.test("layersToInspect() thins many blocks evenly, first and last among them", async () => {
  const layers = await layersOf(blocks(40), [2, 2, 2]);
  assert.equal(layers.length, 16);
  assert.equal(layers[0], "input x 0");
  assert.equal(layers.at(-1), "block40 sum40 40");
});
