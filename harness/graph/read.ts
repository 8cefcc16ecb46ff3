/**
 * Reading an ONNX file into a graph, with every defect named.
 *
 * @module
 */
import proto, { type onnx } from "onnx-proto";
import { messageOf, RunError } from "../base/mod.ts";
import { decodeGraph } from "./decode_graph.ts";
import type { Graph } from "./graph.ts";
import type { ReadExternal } from "./tensor_proto.ts";

/**
 * Weights are views of `bytes` where their alignment allows, so `bytes` must not be written to
 * afterwards.
 *
 * @param bytes The file's content.
 * @param file Its name, for errors.
 * @param readExternal Where external weights come from; refused when absent.
 * @throws {RunError} When the file is truncated, empty or no ONNX model, has no output, is cyclic or
 * refers to values that nothing makes.
 */
export function readGraph(bytes: Uint8Array, file: string, readExternal?: ReadExternal): Graph {
  if (bytes.byteLength === 0) throw new RunError(`${file}: empty, wanted an ONNX model`);
  let model: onnx.IModelProto;
  try {
    model = proto.onnx.ModelProto.decode(bytes);
  } catch (error) {
    throw new RunError(
      `${file}: truncated or not an ONNX model: ${messageOf(error)}, ${bytes.byteLength} bytes`,
    );
  }
  const { graph } = model;
  if (!graph || !graph.node || graph.node.length === 0) {
    throw new RunError(`${file}: not an ONNX model: no graph with nodes found`);
  }
  if ((model.opsetImport ?? []).length === 0) {
    throw new RunError(`${file}: truncated or not an ONNX model: it names no operator set`);
  }
  const context = {
    place: file,
    readExternal: readExternal ?? ((location: string) => {
      throw new RunError(`${file}: external data "${location}" cannot be read from here`);
    }),
    outer: new Set<string>(),
  };
  return {
    ...decodeGraph(graph, context),
    irVersion: Number(model.irVersion ?? 0),
    opsets: new Map(
      (model.opsetImport ?? []).map(({ domain, version }) => [domain ?? "", Number(version)]),
    ),
    metadata: new Map(
      (model.metadataProps ?? []).map(({ key, value }) => [key ?? "", value ?? ""]),
    ),
  };
}
