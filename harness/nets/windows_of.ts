/**
 * The sliding windows of a network along its deepest path: what its receptive fields follow from.
 *
 * @module
 */
import { RunError } from "../base/mod.ts";
import { mainOutput } from "../graph/cuts.ts";
import { type Graph, type GraphNode, intsAttribute, usedBy } from "../graph/mod.ts";

/** Kernel, stride and padding in cells of the map before, the same along both axes. */
export interface PathWindow {
  readonly kernel: number;
  readonly stride: number;
  readonly padding: number;
}

const WINDOWED = new Set(["Conv", "MaxPool", "AveragePool"]);

/** Whether a node slides a window over a map. */
export function isWindowed({ op, domain }: GraphNode): boolean {
  return domain === "" && WINDOWED.has(op);
}

/**
 * The window of a convolution or pooling.
 *
 * @throws {RunError} When it differs between rows and columns or between the sides of the map.
 */
export function windowOf(node: GraphNode, graph: Graph): PathWindow {
  const kernel = intsAttribute(node, "kernel_shape") ??
    graph.initializers.get(node.inputs[1] ?? "")?.dims.slice(2) ?? [];
  const strides = intsAttribute(node, "strides") ?? [1, 1];
  const pads = intsAttribute(node, "pads") ?? [0, 0, 0, 0];
  const isEven = (values: readonly number[]) => values.every((value) => value === values[0]);
  const dilations = intsAttribute(node, "dilations") ?? [1, 1];
  if (kernel.length !== 2 || ![kernel, strides, pads, dilations].every(isEven)) {
    throw new RunError(
      `${graph.name}: node "${node.name}" has kernel [${kernel}], strides [${strides}] and pads ` +
        `[${pads}], wanted the same in all directions`,
    );
  }
  return {
    kernel: (kernel[0]! - 1) * dilations[0]! + 1,
    stride: strides[0]!,
    padding: pads[0]!,
  };
}

/** A path as its last window and what came before. */
interface Path {
  readonly length: number;
  readonly window?: PathWindow;
  readonly before?: Path;
}

/**
 * The windows from the images to the main output, in this order, along the path with most of them; of
 * equally long ones the first. ProtoPNet's receptive fields follow from these (`compute_proto_layer_rf_info`
 * of the authors' code): (7, 32, 268, 16) for VGG-19 at 224 pixels.
 */
export function windowsOf(graph: Graph): PathWindow[] {
  const paths = new Map<string, Path>(graph.inputs.map(({ name }) => [name, { length: 0 }]));
  for (const node of graph.nodes) {
    let longest: Path | undefined;
    for (const value of usedBy(node)) {
      const path = paths.get(value);
      if (path && path.length > (longest?.length ?? -1)) longest = path;
    }
    if (!longest) continue;
    if (isWindowed(node)) {
      longest = { length: longest.length + 1, window: windowOf(node, graph), before: longest };
    }
    for (const output of node.outputs) paths.set(output, longest);
  }
  const windows: PathWindow[] = [];
  for (let path = paths.get(mainOutput(graph)); path?.window; path = path.before) {
    windows.push(path.window);
  }
  return windows.reverse();
}
