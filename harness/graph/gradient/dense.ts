/**
 * Gradients of matrix products.
 *
 * @module
 */
import { type Attribute, type GraphNode, int, intAttribute } from "../graph.ts";
import type { GradientRule, Tape } from "./tape.ts";

function scaleOf({ attributes }: GraphNode, name: "alpha" | "beta"): Attribute {
  return attributes.get(name) ?? { kind: "float", value: 1 };
}

/** a b with either factor transposed first. */
function product(
  tape: Tape,
  [a, transA]: readonly [string, boolean],
  [b, transB]: readonly [string, boolean],
  alpha: Attribute,
): string {
  return tape.add("Gemm", [a, b], {
    transA: int(transA ? 1 : 0),
    transB: int(transB ? 1 : 0),
    alpha,
  });
}

/** y = alpha a' b' + beta c, where ' transposes if the node says so. */
const gemm: GradientRule = (node, g, tape) => {
  const [a, b, c] = node.inputs as [string, string, string?];
  const transA = intAttribute(node, "transA", 0) === 1;
  const transB = intAttribute(node, "transB", 0) === 1;
  const alpha = scaleOf(node, "alpha");
  const beta = scaleOf(node, "beta");
  const byA = () =>
    transA
      ? product(tape, [b, transB], [g, true], alpha)
      : product(tape, [g, false], [b, !transB], alpha);
  const byB = () =>
    transB
      ? product(tape, [g, true], [a, transA], alpha)
      : product(tape, [a, !transA], [g, false], alpha);
  const byC = () => {
    const summed = tape.unbroadcast(g, tape.shape(node.outputs[0]!), tape.shape(c!));
    const factor = beta.kind === "float" ? beta.value : 1;
    return factor === 1 ? summed : tape.add("Mul", [summed, tape.scalar(factor)]);
  };
  return [
    tape.wants(a) ? byA() : undefined,
    tape.wants(b) ? byB() : undefined,
    tape.wants(c) ? byC() : undefined,
  ];
};

/** Batched matrix product with broadcast batch axes. */
const matMul: GradientRule = ({ inputs, outputs }, g, tape) => {
  const [a, b] = inputs as [string, string];
  const [shapeA, shapeB] = [tape.shape(a), tape.shape(b)];
  const batch = tape.shape(outputs[0]!).slice(0, -2);
  const swapped = (x: string, rank: number) => {
    const order = Array.from({ length: rank }, (_, i) => i);
    return tape.transpose(x, [...order.slice(0, -2), rank - 1, rank - 2]);
  };
  const byA = () =>
    tape.unbroadcast(
      tape.add("MatMul", [g, swapped(b, shapeB.length)]),
      [...batch, ...shapeA.slice(-2)],
      shapeA,
    );
  const byB = () =>
    tape.unbroadcast(
      tape.add("MatMul", [swapped(a, shapeA.length), g]),
      [...batch, ...shapeB.slice(-2)],
      shapeB,
    );
  // For b = c' the gradient by c is wanted: the rule of Transpose takes this transposition back.
  const byTransposedB = () =>
    swapped(
      tape.unbroadcast(
        tape.add("MatMul", [swapped(g, batch.length + 2), a]),
        [...batch, ...shapeB.slice(-2).toReversed()],
        [...shapeB.slice(0, -2), ...shapeB.slice(-2).toReversed()],
      ),
      shapeB.length,
    );
  return [
    tape.wants(a) ? byA() : undefined,
    tape.wants(b) ? (tape.isTransposed(b) ? byTransposedB() : byB()) : undefined,
  ];
};

/** Rules by operator. */
export const DENSE: Readonly<Record<string, GradientRule>> = { Gemm: gemm, MatMul: matMul };
