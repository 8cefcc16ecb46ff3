/**
 * Gradients of operators that work element by element, with broadcasting.
 *
 * @module
 */
import type { GraphNode } from "../graph.ts";
import type { GradientRule, Tape } from "./tape.ts";

/** A rule for operators with one input: gradient times the derivative. */
function unary(backward: (x: string, y: string, g: string, tape: Tape) => string): GradientRule {
  return ({ inputs, outputs }, gradient, tape) => [
    backward(inputs[0]!, outputs[0]!, gradient, tape),
  ];
}

/** A rule for operators with two broadcast inputs. */
function binary(
  left: (a: string, b: string, y: string, g: string, tape: Tape) => string,
  right: (a: string, b: string, y: string, g: string, tape: Tape) => string,
): GradientRule {
  return ({ inputs, outputs }, gradient, tape) => {
    const [a, b] = inputs as [string, string];
    const [y] = outputs as [string];
    return [left, right].map((backward, at) =>
      tape.wants(inputs[at])
        ? tape.unbroadcast(
          backward(a, b, y, gradient, tape),
          tape.shape(y),
          tape.shape(inputs[at]!),
        )
        : undefined
    );
  };
}

/**
 * Largest or smallest of several inputs. Where several inputs share the extreme value, the first of
 * them gets the gradient.
 */
const extreme: GradientRule = ({ inputs, outputs }, gradient, tape) => {
  const [y] = outputs as [string];
  let left = gradient;
  return inputs.map((x, at) => {
    const last = at === inputs.length - 1;
    const chosen = last ? left : tape.add("Mul", [left, tape.indicator(tape.add("Equal", [x, y]))]);
    if (!last) left = tape.add("Sub", [left, chosen]);
    return tape.wants(x) ? tape.unbroadcast(chosen, tape.shape(y), tape.shape(x)) : undefined;
  });
};

function alphaOf({ attributes }: GraphNode): number {
  const alpha = attributes.get("alpha");
  return alpha?.kind === "float" ? alpha.value : 0.01;
}

/** Rules by operator. At 0 the derivative of Relu and Abs is taken as 0, that of LeakyRelu as alpha. */
export const ELEMENTWISE: Readonly<Record<string, GradientRule>> = {
  Identity: unary((_x, _y, g) => g),
  Dropout: unary((_x, _y, g) => g),
  Neg: unary((_x, _y, g, tape) => tape.add("Neg", [g])),
  Relu: unary((_x, y, g, tape) => {
    const positive = tape.indicator(tape.add("Greater", [y, tape.scalar(0)]));
    return tape.add("Mul", [g, positive]);
  }),
  LeakyRelu: (node, gradient, tape) => {
    const [x] = node.inputs as [string];
    const positive = tape.indicator(tape.add("Greater", [x, tape.scalar(0)]));
    const alpha = alphaOf(node);
    const slope = tape.add("Add", [
      tape.add("Mul", [positive, tape.scalar(1 - alpha)]),
      tape.scalar(alpha),
    ]);
    return [tape.add("Mul", [gradient, slope])];
  },
  Sigmoid: unary((_x, y, g, tape) => {
    const slope = tape.add("Mul", [y, tape.add("Sub", [tape.scalar(1), y])]);
    return tape.add("Mul", [g, slope]);
  }),
  Tanh: unary((_x, y, g, tape) => {
    const slope = tape.add("Sub", [tape.scalar(1), tape.add("Mul", [y, y])]);
    return tape.add("Mul", [g, slope]);
  }),
  Log: unary((x, _y, g, tape) => tape.add("Div", [g, x])),
  Exp: unary((_x, y, g, tape) => tape.add("Mul", [g, y])),
  Sqrt: unary((_x, y, g, tape) => tape.add("Div", [g, tape.add("Mul", [y, tape.scalar(2)])])),
  Reciprocal: unary((_x, y, g, tape) =>
    tape.add("Neg", [tape.add("Mul", [g, tape.add("Mul", [y, y])])])
  ),
  Abs: unary((x, _y, g, tape) => tape.add("Mul", [g, tape.add("Sign", [x])])),
  Add: binary((_a, _b, _y, g) => g, (_a, _b, _y, g) => g),
  Sub: binary((_a, _b, _y, g) => g, (_a, _b, _y, g, tape) => tape.add("Neg", [g])),
  Mul: binary(
    (_a, b, _y, g, tape) => tape.add("Mul", [g, b]),
    (a, _b, _y, g, tape) => tape.add("Mul", [g, a]),
  ),
  Div: binary(
    (_a, b, _y, g, tape) => tape.add("Div", [g, b]),
    (_a, b, y, g, tape) => tape.add("Neg", [tape.add("Div", [tape.add("Mul", [g, y]), b])]),
  ),
  Max: extreme,
  Min: extreme,
};
