/**
 * Convolutions on channels in blocks.
 *
 * The native CPU kernels of ONNX Runtime are fastest on images whose channels lie in blocks as long as a
 * vector register, [B, C / block, H, W, block]. The runtime only uses them where the weights are constants,
 * which trained weights are not; here the weights are laid out anew in every step.
 *
 * @module
 */
import {
  type Attribute,
  type Graph,
  type GraphNode,
  int,
  intAttribute,
  ints,
  type Tensor,
} from "../graph.ts";
import { inferShapes, type Shape, sizeOf } from "./shapes.ts";

/** Domain of the runtime's operators on blocked channels. */
export const BLOCKED = "com.microsoft.nchwc";

/**
 * Fewest positions, over all images, of which the kernels gain more than the layout of the weights takes:
 * 3 ns a weight, about as long as the arithmetic at 1000 positions.
 */
const FEWEST_POSITIONS = 2048;

/**
 * The same graph with each convolution whose channels fill whole blocks on blocked channels. Input channels
 * may also be fewer than a block. Results differ by rounding: sums are taken in another order.
 *
 * @param graph Shapes of its inputs must be numbers.
 * @param block Channels of a block, 8 or 16.
 * @param fewestPositions Positions of all images below which convolutions stay.
 * @throws {RunError} When an operator is not known.
 */
export function withBlockedConvolutions(
  graph: Graph,
  block: number,
  fewestPositions = FEWEST_POSITIONS,
): Graph {
  const inputShapes = graph.inputs.map(({ name, shape }) => [name, shape as Shape] as const);
  const shapes = inferShapes(graph, new Map(inputShapes));
  const constants = new Map<string, Tensor>();
  const nodes = graph.nodes.flatMap((node) => {
    if (node.op !== "Conv" || intAttribute(node, "group", 1) !== 1) return [node];
    const weights = shapes.get(node.inputs[1]!)!;
    const [batch, , ...spatial] = shapes.get(node.outputs[0]!)! as [number, number, ...number[]];
    const [outputs, inputs] = weights as [number, number];
    const isWhole = outputs % block === 0 && (inputs < block || inputs % block === 0);
    if (!isWhole || spatial.length !== 2 || batch * sizeOf(spatial) < fewestPositions) {
      return [node];
    }
    return blocked(node, weights, block, constants);
  });
  return {
    ...graph,
    nodes,
    initializers: new Map([...graph.initializers, ...constants]),
    opsets: new Map([...graph.opsets, [BLOCKED, 1]]),
  };
}

function blocked(
  { inputs: [x, w, ...bias], outputs: [y], attributes }: GraphNode,
  weights: Shape,
  block: number,
  constants: Map<string, Tensor>,
): GraphNode[] {
  const nodes: GraphNode[] = [];
  const add = (
    name: string,
    op: string,
    inputs: readonly string[],
    attributes: ReadonlyMap<string, Attribute> = new Map(),
    domain = "",
  ) => {
    nodes.push({ name, op, domain, inputs, outputs: [name], attributes });
    return name;
  };
  const reshape = (name: string, value: string, shape: Shape) => {
    const data = BigInt64Array.from(shape, BigInt);
    constants.set(`${name}/shape`, { type: "int64", dims: [shape.length], data });
    return add(name, "Reshape", [value, `${name}/shape`]);
  };
  const [outputs, inputs, ...kernel] = weights as [number, number, ...number[]];
  // Fewer channels than a block are read as they are.
  const isWhole = inputs >= block;
  const outputBlocks = [outputs / block, block];
  const split = isWhole
    ? [...outputBlocks, inputs / block, block, ...kernel]
    : [...outputBlocks, inputs, ...kernel];
  const laidOut = add(
    `${y}/weights/turned`,
    "Transpose",
    [reshape(`${y}/weights/split`, w!, split)],
    new Map([["perm", ints(isWhole ? [0, 2, 4, 5, 3, 1] : [0, 2, 3, 4, 1])]]),
  );
  const filter = reshape(`${y}/weights/blocked`, laidOut, weights);
  const image = isWhole ? add(`${y}/x/blocked`, "ReorderInput", [x!], new Map(), BLOCKED) : x!;
  const product = add(`${y}/blocked`, "Conv", [image, filter, ...bias], attributes, BLOCKED);
  add(y!, "ReorderOutput", [product], new Map([["channels", int(outputs)]]), BLOCKED);
  return nodes;
}
