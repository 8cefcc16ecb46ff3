/**
 * The shape of every tensor in a graph, found by running one example: whatever the operators, the
 * runtime knows their shapes.
 *
 * @module
 */
import { RunError } from "../base/mod.ts";
import type { Device } from "../device/mod.ts";
import type { Graph } from "./graph.ts";
import { layerTensors } from "./layer_tensors.ts";
import { tap } from "./tap.ts";
import { writeGraph } from "./write.ts";

/**
 * @param inputShape Shape of one example, without the batch.
 * @returns Shape of the input and of each float32 tensor that depends on it, without the batch; not of
 * tensors whose first dimension is not the batch.
 * @throws {RunError} When the graph takes anything but one float32 tensor.
 */
export async function probeShapes(
  device: Device,
  graph: Graph,
  inputShape: readonly number[],
): Promise<Map<string, readonly number[]>> {
  const [input, ...others] = graph.inputs;
  if (!input || others.length > 0 || input.type !== "float32") {
    const found = graph.inputs.map(({ name, type }) => `"${name}" (${type})`).join(", ") || "none";
    throw new RunError(
      `Cannot run ${graph.name}: found the inputs ${found}, wanted one of float32`,
    );
  }
  const tensors = layerTensors(graph);
  if (tensors.length === 0) {
    throw new RunError(`Cannot run ${graph.name}: none of its layers makes float32 values`);
  }
  const [fixedBatch] = input.shape ?? [];
  const batch = typeof fixedBatch === "number" ? fixedBatch : 1;
  const size = inputShape.reduce((product, value) => product * value, batch);
  const session = await device.open(writeGraph(tap(graph, tensors)));
  try {
    const outputs = await session.run({
      [input.name]: { dims: [batch, ...inputShape], data: new Float32Array(size) },
    });
    const shapes = new Map<string, readonly number[]>([[input.name, inputShape]]);
    for (const name of tensors) {
      const [first, ...rest] = outputs[name]!.dims;
      if (first === batch) shapes.set(name, rest);
    }
    return shapes;
  } finally {
    await session.release();
  }
}
