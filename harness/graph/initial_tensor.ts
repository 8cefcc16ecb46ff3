/**
 * With which values training starts a tensor, seen from what an operation uses it for.
 *
 * @module
 */
import { type GraphNode, intAttribute } from "./graph.ts";

/** Normal with mean 0, or one value everywhere. */
export type InitialTensor = { readonly deviation: number } | { readonly value: number };

/** Of learned additions, for instance the positions of tokens (Dosovitskiy et al. 2021). */
const EMBEDDING_DEVIATION = 0.02;

/** Values of the inputs of normalisations after the first: scale, shift, mean, variance. */
const NORMALISATIONS = new Set([
  ...["BatchNormalization", "InstanceNormalization", "LayerNormalization", "GroupNormalization"],
]);
const NORMALISED = [undefined, 1, 0, 0, 1] as const;

/**
 * @param at Which input of the node the tensor is.
 * @param dims Its dimensions.
 * @param depths Layers with weights before each value that depends on the input.
 * @returns Undefined where training does not change the tensor, or it cannot be told how it starts.
 */
export function initialTensor(
  node: GraphNode,
  at: number,
  dims: readonly number[],
  depths: ReadonlyMap<string, number>,
): InitialTensor | undefined {
  const [x, other] = node.inputs;
  const size = dims.reduce((product, value) => product * value, 1);
  if (NORMALISATIONS.has(node.op)) {
    const value = NORMALISED[at];
    return value === undefined ? undefined : { value };
  }
  switch (node.op) {
    case "Conv":
      return weightOrBias(at, size / dims[0]!);
    case "ConvTranspose":
      return weightOrBias(at, size / dims[1]! / intAttribute(node, "group", 1));
    case "Gemm":
      return weightOrBias(at, dims[intAttribute(node, "transB", 0) === 1 ? 1 : 0]!);
    case "MatMul":
      if (dims.length < 2 || !depths.has(at === 1 ? x! : other!)) return undefined;
      return normal(at === 1 ? dims.at(-2)! : dims.at(-1)!);
    case "Add":
    case "Mul": {
      const depth = depths.get(at === 1 ? x! : other!) ?? 0;
      if (size === 1 || depth === 0) return undefined;
      if (node.op === "Mul") return { value: 1 };
      return dims.filter((value) => value > 1).length > 1
        ? { deviation: EMBEDDING_DEVIATION }
        : { value: 0 };
    }
    default:
      return undefined;
  }
}

function weightOrBias(at: number, fanIn: number): InitialTensor | undefined {
  if (at === 1) return normal(fanIn);
  return at === 2 ? { value: 0 } : undefined;
}

function normal(fanIn: number): InitialTensor {
  return { deviation: Math.sqrt(2 / fanIn) };
}
