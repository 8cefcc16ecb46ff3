import assert from "node:assert/strict";
import proto, { type onnx } from "onnx-proto";
import { RunError } from "../base/mod.ts";
import { externalDataOf, type Graph, GraphBuilder, readGraph, tap, writeGraph } from "./mod.ts";

function small(): Graph {
  const graph = new GraphBuilder("small");
  const x = graph.input("x", ["N", 2]);
  graph.weight("layer.weight", [3, 2], Float32Array.of(1, 2, 3, 4, 5, 6));
  graph.weight("layer.bias", [3], Float32Array.of(0.5, 0, -0.5));
  const hidden = graph.linear("layer", x);
  graph.add("y", "Relu", [hidden]);
  graph.output("y");
  return graph.build();
}

/** The small model with its protobuf changed. */
function changed(change: (model: onnx.ModelProto) => void): Uint8Array {
  const model = proto.onnx.ModelProto.decode(writeGraph(small()));
  change(model);
  return proto.onnx.ModelProto.encode(model).finish();
}

function refuses(bytes: Uint8Array, message: RegExp): void {
  assert.throws(
    () => readGraph(bytes, "m.onnx"),
    (error) => error instanceof RunError && message.test(error.message),
  );
}

Deno.test("readGraph() gives back what writeGraph() wrote", () => {
  const graph = small();
  assert.deepEqual(readGraph(writeGraph(graph), "m.onnx"), graph);
});

Deno.test("readGraph() sorts nodes that come in another order", () => {
  const bytes = changed(({ graph }) => graph!.node!.reverse());
  assert.deepEqual(readGraph(bytes, "m.onnx").nodes.map(({ op }) => op), ["Gemm", "Relu"]);
});

Deno.test("readGraph() refuses an empty file", () => refuses(new Uint8Array(), /m\.onnx: empty/));

Deno.test("readGraph() refuses a file cut off anywhere", () => {
  const bytes = writeGraph(small());
  for (let length = 1; length < bytes.length; length++) {
    assert.throws(() => readGraph(bytes.slice(0, length), "m.onnx"), RunError, `${length} bytes`);
  }
});

Deno.test("readGraph() refuses garbage", () =>
  refuses(Uint8Array.from({ length: 500 }, (_, i) => (i * 73) % 256), /m\.onnx: .*ONNX model/));

Deno.test("readGraph() refuses a graph without outputs", () =>
  refuses(changed(({ graph }) => graph!.output = []), /m\.onnx: the graph has no output/));

Deno.test("readGraph() names the node that waits for itself in a cycle", () =>
  refuses(
    changed(({ graph }) => graph!.node![0]!.input = ["y", "layer.weight", "layer.bias"]),
    /cyclic graph: node "layer\.out" waits for itself/,
  ));

Deno.test("readGraph() names the node whose input nothing makes", () =>
  refuses(
    changed(({ graph }) => graph!.node![1]!.input = ["nowhere"]),
    /node "y" wants "nowhere", which nothing makes/,
  ));

Deno.test("readGraph() names the initializer whose length does not fit its shape", () =>
  refuses(
    changed(({ graph }) => graph!.initializer![0]!.dims = [3, 3]),
    /initializer "layer\.weight": found 24 bytes, wanted 36 for float32 \[3, 3\]/,
  ));

Deno.test("readGraph() refuses an impossible shape before taking memory for it", () =>
  refuses(
    changed(({ graph }) => graph!.initializer![0]!.dims = [2 ** 40, 2 ** 10]),
    /initializer "layer\.weight": impossible shape/,
  ));

function withExternal(location: string, offset = 0): Uint8Array {
  return changed(({ graph }) => {
    Object.assign(graph!.initializer![0]!, {
      rawData: new Uint8Array(),
      dataLocation: 1,
      externalData: [{ key: "location", value: location }, { key: "offset", value: `${offset}` }],
    });
  });
}

Deno.test("readGraph() reads external data only inside the model's folder", async () => {
  const folder = await Deno.makeTempDir();
  try {
    await Deno.mkdir(`${folder}/model`);
    const weights = new Float32Array([9, 8, 7, 6, 5, 4]);
    await Deno.writeFile(`${folder}/model/w.bin`, new Uint8Array(weights.buffer));
    await Deno.writeFile(`${folder}/secret.bin`, new Uint8Array(weights.buffer));
    await Deno.symlink(`${folder}/secret.bin`, `${folder}/model/link.bin`);
    const path = `${folder}/model/m.onnx`;
    const read = (location: string, offset?: number) =>
      readGraph(withExternal(location, offset), path, externalDataOf(path));
    assert.deepEqual(read("w.bin").initializers.get("layer.weight")!.data, weights);
    const refused: [string, number, RegExp][] = [
      ["../secret.bin", 0, /"\.\.\/secret\.bin": points outside the model's folder/],
      [`${folder}/secret.bin`, 0, /points outside/],
      ["link.bin", 0, /is a link that leaves the model's folder/],
      ["none.bin", 0, /no such file/],
      ["w.bin", 4, /bytes 4 to 28 wanted, the file has 24/],
      ["w.bin", -8, /bytes -8 to 16 wanted/],
    ];
    for (const [location, offset, message] of refused) {
      assert.throws(
        () => read(location, offset),
        (error) => error instanceof RunError && message.test(error.message),
        location,
      );
    }
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("tap() exposes inner tensors and drops what they do not need", () => {
  const tapped = tap(small(), ["layer.out"]);
  assert.deepEqual(tapped.nodes.map(({ op }) => op), ["Gemm"]);
  assert.deepEqual(tapped.outputs.map(({ name }) => name), ["layer.out"]);
});

Deno.test("tap() names the nearest tensor when there is none of that name", () => {
  assert.throws(
    () => tap(small(), ["layer.uot"]),
    /small: no layer makes a tensor "layer\.uot", did you mean "layer\.out"\?/,
  );
});
