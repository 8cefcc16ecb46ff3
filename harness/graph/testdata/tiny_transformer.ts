import { type Graph, GraphBuilder } from "../mod.ts";

/** Tokens, and numbers a token. */
export const TOKENS = 4;
export const TOKEN_SIZE = 6;

const int = (value: number) => ({ kind: "int", value }) as const;
const ints = (...value: number[]) => ({ kind: "ints", value }) as const;

/**
 * A vision transformer with one block, written out as exporters do: patches by convolution, layer
 * normalisation and GELU in single operations, attention over tokens, mean over tokens, dense head.
 */
export function tinyTransformer(): Graph {
  const graph = new GraphBuilder("tiny_transformer");
  const weight = (name: string, ...dims: number[]) => {
    const size = dims.reduce((product, value) => product * value, 1);
    return graph.weight(name, dims, Float32Array.from({ length: size }, (_, i) => Math.sin(i + 1)));
  };
  const scalar = (name: string, value: number) => graph.weight(name, [], Float32Array.of(value));
  const dense = (name: string, x: string, from: number, to: number) =>
    graph.add(`${name}.out`, "Add", [
      graph.add(`${name}.product`, "MatMul", [x, weight(`${name}.weight`, from, to)]),
      weight(`${name}.bias`, to),
    ]);
  const layerNorm = (name: string, x: string) => {
    const mean = (at: string, of: string) =>
      graph.add(`${name}.${at}`, "ReduceMean", [of], { axes: ints(-1), keepdims: int(1) });
    const centred = graph.add(`${name}.centred`, "Sub", [x, mean("mean", x)]);
    const square = graph.add(`${name}.square`, "Pow", [centred, scalar(`${name}.two`, 2)]);
    const variance = mean("variance", square);
    const safe = graph.add(`${name}.safe`, "Add", [variance, scalar(`${name}.epsilon`, 1e-5)]);
    return graph.add(`${name}.out`, "Div", [centred, graph.add(`${name}.root`, "Sqrt", [safe])]);
  };

  const images = graph.input("images", ["N", 1, 8, 8]);
  weight("patches.weight", TOKEN_SIZE, 1, 4, 4);
  const patches = graph.conv("patches", images, { kernel: 4, stride: 4 }, false);
  const shape = graph.add("shape", "Constant", [], {
    value: {
      kind: "tensor",
      value: { type: "int64", dims: [3], data: BigInt64Array.of(0n, BigInt(TOKEN_SIZE), -1n) },
    },
  });
  const flat = graph.add("flat", "Reshape", [patches, shape]);
  const tokens = graph.add("tokens", "Transpose", [flat], { perm: ints(0, 2, 1) });
  let x = graph.add("embedded", "Add", [tokens, weight("position", TOKENS, TOKEN_SIZE)]);

  const normed = layerNorm("norm1", x);
  const [query, key, value] = ["query", "key", "value"].map((name) =>
    dense(name, normed, TOKEN_SIZE, TOKEN_SIZE)
  );
  const turned = graph.add("key.turned", "Transpose", [key!], { perm: ints(0, 2, 1) });
  const scores = graph.add("scores", "MatMul", [query!, turned]);
  const attention = graph.add("attention", "Softmax", [scores], { axis: int(-1) });
  const mixed = graph.add("mixed", "MatMul", [attention, value!]);
  x = graph.add("joined1", "Add", [x, dense("projection", mixed, TOKEN_SIZE, TOKEN_SIZE)]);

  const up = dense("up", layerNorm("norm2", x), TOKEN_SIZE, 2 * TOKEN_SIZE);
  const erf = graph.add("gelu.erf", "Erf", [
    graph.add("gelu.scaled", "Div", [up, scalar("root2", Math.SQRT2)]),
  ]);
  const gate = graph.add("gelu.gate", "Add", [erf, scalar("one", 1)]);
  const half = graph.add("gelu.half", "Mul", [up, scalar("half", 0.5)]);
  const active = graph.add("gelu.out", "Mul", [half, gate]);
  x = graph.add("joined2", "Add", [x, dense("down", active, 2 * TOKEN_SIZE, TOKEN_SIZE)]);

  const mean = graph.add("mean", "ReduceMean", [x], { axes: ints(1), keepdims: int(0) });
  graph.output(dense("head", mean, TOKEN_SIZE, 3));
  return graph.build();
}
