/**
 * What a transformer's layers make of an image with its tokens in one: their mean, or the one token that
 * the head reads. All tokens side by side are another representation, of many more units.
 *
 * @module
 */
import type { Checkpoint, Shapes } from "./checkpoints.ts";
import type { Graph, GraphNode, Tensor } from "./graph.ts";
import { producersOf } from "./topology.ts";

/** How the tokens of a layer become one. */
export type TokenReading = "mean" | "token";

/** A graph that makes the representations, and where they are. */
export interface TokenLayers {
  readonly graph: Graph;
  /** Layers without tokens as they were. */
  readonly checkpoints: readonly Checkpoint[];
}

/** With fewer layers of tokens a graph is no transformer. */
const FEWEST = 2;

/**
 * The same layers, where they hold tokens (T x D, T > 1) as D units: a product with a row of T weights,
 * which every version of the operators has.
 *
 * @returns Undefined when too few layers hold tokens or, for `token`, the head reads none alone.
 */
export function tokenLayers(
  graph: Graph,
  checkpoints: readonly Checkpoint[],
  shapes: Shapes,
  reading: TokenReading,
): TokenLayers | undefined {
  const ofTokens = checkpoints.filter(({ tensor }) => tokensOf(shapes, tensor) > 1);
  const read = reading === "token" ? tokenOfHead(graph, shapes) : undefined;
  if (ofTokens.length < FEWEST || (reading === "token" && read === undefined)) return undefined;
  const initializers = new Map(graph.initializers);
  const nodes = [...graph.nodes];
  const ending = freeEnding(graph, reading);
  const renamed = new Map(ofTokens.map(({ tensor }) => {
    const tokens = tokensOf(shapes, tensor);
    const row = `tokens.${tokens}${ending}`;
    initializers.set(row, rowOf(tokens, read));
    const made = `${tensor}${ending}`;
    nodes.push({
      name: made,
      op: "MatMul",
      domain: "",
      inputs: [row, tensor],
      outputs: [made],
      attributes: new Map(),
    });
    return [tensor, made];
  }));
  return {
    graph: { ...graph, initializers, nodes },
    checkpoints: checkpoints.map((layer) => ({
      ...layer,
      tensor: renamed.get(layer.tensor) ?? layer.tensor,
    })),
  };
}

function tokensOf(shapes: Shapes, tensor: string): number {
  const shape = shapes.get(tensor);
  return shape?.length === 2 ? shape[0]! : 0;
}

function rowOf(tokens: number, read: number | undefined): Tensor {
  const data = new Float32Array(tokens);
  if (read === undefined) data.fill(1 / tokens);
  else data[read < 0 ? tokens + read : read] = 1;
  return { type: "float32", dims: [1, tokens], data };
}

/** The place of the token that an operation takes out of all; the last such operation counts. */
function tokenOfHead(graph: Graph, shapes: Shapes): number | undefined {
  const producers = producersOf(graph.nodes);
  const numbersAt = (name: string | undefined) =>
    name === undefined ? undefined : integersOf(graph, producers, name);
  for (const node of graph.nodes.toReversed()) {
    const { op, inputs, outputs } = node;
    if (tokensOf(shapes, inputs[0] ?? "") < 2) continue;
    const left = shapes.get(outputs[0]!);
    const width = shapes.get(inputs[0]!)![1];
    if (!left || left.at(-1) !== width || left.length > 2) continue;
    if (left.length === 2 && left[0] !== 1) continue;
    if (op === "Gather") return numbersAt(inputs[1])?.[0];
    if (op !== "Slice") continue;
    const starts = numbersAt(inputs[1]);
    const axes = numbersAt(inputs[3]);
    return starts?.[axes ? axes.indexOf(1) : 1];
  }
  return undefined;
}

function integersOf(
  { initializers }: Graph,
  producers: ReadonlyMap<string, GraphNode>,
  name: string,
): number[] | undefined {
  const constant = producers.get(name)?.attributes.get("value");
  const tensor = initializers.get(name) ??
    (constant?.kind === "tensor" ? constant.value : undefined);
  return tensor && Array.from(tensor.data, Number);
}

function freeEnding({ nodes, initializers }: Graph, wanted: string): string {
  const taken = [...producersOf(nodes).keys(), ...initializers.keys()];
  let ending = `.${wanted}`;
  while (taken.some((name) => name.endsWith(ending))) ending += "_";
  return ending;
}
