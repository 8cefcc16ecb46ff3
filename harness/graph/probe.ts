/**
 * The shape of every tensor in a graph, found by running one example: whatever the operators, the
 * runtime knows their shapes.
 *
 * @module
 */
import type { Device } from "../device/mod.ts";
import type { Graph } from "./graph.ts";
import { tap } from "./tap.ts";
import { writeGraph } from "./write.ts";

/** Operators whose outputs are not float32 and so cannot be tapped as layers. */
const NOT_FLOAT = new Set([
  "ArgMax",
  "Cast",
  "Constant",
  "ConstantOfShape",
  "NonZero",
  "Shape",
  "Size",
  "Equal",
  "Greater",
  "Less",
  "Not",
  "And",
  "Or",
  "Where",
  "Range",
]);

/**
 * @param inputShape Shape of one example, without the batch.
 * @returns Shape of each float tensor, without the batch.
 */
export async function probeShapes(
  device: Device,
  graph: Graph,
  inputShape: readonly number[],
): Promise<Map<string, readonly number[]>> {
  const input = graph.inputs[0]!.name;
  const tensors = layerTensors(graph);
  const session = await device.open(writeGraph(tap(graph, tensors)));
  try {
    const size = inputShape.reduce((product, value) => product * value, 1);
    const outputs = await session.run({
      [input]: { dims: [1, ...inputShape], data: new Float32Array(size) },
    });
    const shapes = new Map<string, readonly number[]>([[input, inputShape]]);
    for (const name of tensors) shapes.set(name, outputs[name]!.dims.slice(1));
    return shapes;
  } finally {
    await session.release();
  }
}

/**
 * Outputs of the operations that depend on the input through float operators, in the order of the
 * graph: what can be a layer.
 */
function layerTensors(graph: Graph): string[] {
  const derived = new Set([graph.inputs[0]!.name]);
  const tensors: string[] = [];
  for (const node of graph.nodes) {
    if (NOT_FLOAT.has(node.op) || !node.inputs.some((input) => derived.has(input))) continue;
    const output = node.outputs[0]!;
    derived.add(output);
    tensors.push(output);
  }
  return tensors;
}
