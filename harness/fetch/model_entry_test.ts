import assert from "node:assert/strict";
import { readDownloads } from "../../datasets/downloads.ts";
import { RunError } from "../base/mod.ts";
import { type Graph, GraphBuilder } from "../graph/mod.ts";
import { modelEntry } from "./model_entry.ts";

const PIN = readDownloads().downloads["imagenet"]!.networks[0]!;

function graphOf(...inputs: [string, (number | string | null)[]][]): Graph {
  const builder = new GraphBuilder("net");
  for (const [name, shape] of inputs) builder.input(name, shape);
  builder.weight("w", [2, 3], new Float32Array(6));
  builder.output(builder.add("y", "Relu", [inputs[0]?.[0] ?? "w"]));
  return builder.build();
}

Deno.test("modelEntry() joins what is pinned and what the file says", () => {
  const { input, parameters, file, output } = modelEntry(
    PIN,
    graphOf(["data", [null, 3, 224, 224]]),
    "https://example.org",
  );
  assert.deepEqual(input.shape, ["N", 3, 224, 224]);
  assert.deepEqual([input.name, input.colour_order, parameters], ["data", "RGB", 6]);
  assert.deepEqual(output, { name: "y" });
  assert.equal(file, "resnet18-v1-7.onnx");
});

Deno.test("modelEntry() keeps a name that the file gives to the batch", () => {
  const entry = modelEntry(PIN, graphOf(["x", ["batch", 3, 8, 8]]), "");
  assert.deepEqual(entry.input.shape, ["batch", 3, 8, 8]);
});

Deno.test("modelEntry() refuses graphs that do not take one batch of images", () => {
  const refuses = (graph: Graph, message: RegExp) =>
    assert.throws(
      () => modelEntry(PIN, graph, ""),
      (error) => error instanceof RunError && message.test(error.message),
    );
  refuses(graphOf(), /resnet18-v1-7\.onnx: inputs none, wanted one of float32/);
  refuses(
    graphOf(["a", [1, 3, 8, 8]], ["b", [1]]),
    /inputs a \(float32\), b \(float32\), wanted one/,
  );
  refuses(graphOf(["x", [null, 3, null, 8]]), /shape \[N,3,free2,8\], wanted/);
  refuses(graphOf(["x", [null, 3]]), /shape \[N,3\], wanted/);
});
