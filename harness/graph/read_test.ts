import assert from "node:assert/strict";
import proto, { type onnx } from "onnx-proto";
import { RunError } from "../base/mod.ts";
import { branchOnSum } from "./testdata/branch_on_sum.ts";
import { externalDataOf, type Graph, GraphBuilder, readGraph, writeGraph } from "./mod.ts";

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

Deno.test("readGraph() sorts a long chain that stands in reverse in one pass", () => {
  const graph = new GraphBuilder("chain");
  let x = graph.input("x", ["N", 1]);
  for (let i = 0; i < 10_000; i++) x = graph.add(`relu${i}`, "Relu", [x]);
  graph.output(x);
  const built = graph.build();
  const bytes = writeGraph({ ...built, nodes: built.nodes.toReversed() });
  assert.deepEqual(
    readGraph(bytes, "m.onnx").nodes.map(({ name }) => name),
    built.nodes.map(({ name }) => name),
  );
});

Deno.test("readGraph() names a value that two nodes make", () =>
  refuses(
    changed(({ graph }) => graph!.node![0]!.output = ["y"]),
    /node "y" makes "y", which exists already/,
  ));

Deno.test("readGraph() names an initializer or an input that exists twice", () => {
  refuses(
    changed(({ graph }) => graph!.initializer!.push(graph!.initializer![0]!)),
    /initializer "layer\.weight" exists twice/,
  );
  refuses(
    changed(({ graph }) => graph!.input!.push(graph!.input![0]!)),
    /input "x" exists twice/,
  );
});

Deno.test("readGraph() names the output that nothing makes", () =>
  refuses(
    changed(({ graph }) => graph!.output![0]!.name = "z"),
    /output "z" is made by nothing/,
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
    await Deno.mkdir(`${folder}/model/inner`);
    const path = `${folder}/model/m.onnx`;
    const read = (location: string, offset?: number) =>
      readGraph(withExternal(location, offset), path, externalDataOf(path));
    assert.deepEqual(read("w.bin").initializers.get("layer.weight")!.data, weights);
    const refused: [string, number, RegExp][] = [
      ["../secret.bin", 0, /"\.\.\/secret\.bin": points outside the model's folder/],
      [`${folder}/secret.bin`, 0, /points outside/],
      ["link.bin", 0, /is a link that leaves the model's folder/],
      ["none.bin", 0, /no such file/],
      ["inner", 0, /is no file/],
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

Deno.test("readGraph() looks at aligned weights in place, copies the others and changes no byte", () => {
  const model = writeGraph(small());
  const wanted = small().initializers.get("layer.weight")!.data;
  let inPlace = 0;
  for (let shift = 0; shift < 4; shift++) {
    const file = new Uint8Array(shift + model.length);
    file.set(model, shift);
    const before = file.slice();
    const bytes = file.subarray(shift);
    const { data } = readGraph(bytes, "m.onnx").initializers.get("layer.weight")!;
    assert.deepEqual(data, wanted);
    if (data.buffer === file.buffer) inPlace++;
    assert.deepEqual(file, before);
  }
  assert.equal(inPlace, 1);
});

Deno.test("readGraph() takes values listed one by one like raw ones", () => {
  const listed: [number, Partial<onnx.ITensorProto>, unknown][] = [
    [1, { floatData: [1.5, -2] }, Float32Array.of(1.5, -2)],
    [11, { doubleData: [0.1, 2] }, Float64Array.of(0.1, 2)],
    [7, { int64Data: [-1, 2 ** 40] }, BigInt64Array.of(-1n, 2n ** 40n)],
    [6, { int32Data: [-7, 7] }, Int32Array.of(-7, 7)],
    [3, { int32Data: [-7, 7] }, Int8Array.of(-7, 7)],
    [2, { int32Data: [200, 7] }, Uint8Array.of(200, 7)],
    [9, { int32Data: [1, 0] }, Uint8Array.of(1, 0)],
    [10, { int32Data: [0x3c00, 0] }, Uint16Array.of(0x3c00, 0)],
  ];
  for (const [dataType, values, wanted] of listed) {
    const bytes = changed(({ graph }) => {
      graph!.initializer!.push({ name: "listed", dims: [2], dataType, ...values });
    });
    assert.deepEqual(readGraph(bytes, "m.onnx").initializers.get("listed")!.data, wanted);
  }
});

Deno.test("readGraph() names the attribute of a kind that it does not know", () =>
  refuses(
    changed(({ graph }) => graph!.node![1]!.attribute = [{ name: "odd", type: 11 }]),
    /m\.onnx: node "y", attribute "odd" has kind 11/,
  ));

Deno.test("readGraph() names the place of a defect inside a control-flow node", () => {
  const model = proto.onnx.ModelProto.decode(branchOnSum());
  model.graph!.node![2]!.attribute![0]!.g!.node![0]!.input = ["x", "three"];
  refuses(
    proto.onnx.ModelProto.encode(model).finish(),
    /m\.onnx: node "choice", attribute "then_branch": node "Mul" wants "three", which nothing/,
  );
});
