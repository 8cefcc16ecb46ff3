import type { Operator } from "./call.ts";
import { broadcastDims, broadcastElement, tabulate } from "./tensor64.ts";

/** A function of the elements of all inputs, broadcast. */
function pointwise(f: (...values: number[]) => number): Operator {
  return (call) => {
    const inputs = call.allInputs();
    const dims = broadcastDims(inputs.map((input) => input.dims));
    return [
      tabulate(dims, (index) => f(...inputs.map((input) => broadcastElement(input, index)))),
    ];
  };
}

/** erf(x) = 2/sqrt(pi) exp(-x^2) sum over n of 2^n x^(2n+1) / (2n+1)!! (Abramowitz and Stegun 7.1.6). */
function erf(x: number): number {
  if (Math.abs(x) > 6) return Math.sign(x);
  let sum = 0;
  let term = x;
  for (let n = 0; n < 200; n++) {
    sum += term;
    term *= 2 * x * x / (2 * n + 3);
  }
  return 2 / Math.sqrt(Math.PI) * Math.exp(-x * x) * sum;
}

const truth = (value: boolean) => value ? 1 : 0;

const CODES = { float32: 1, float64: 11, bool: 9 } as const;
const INTEGER_CODES = [2, 3, 5, 6, 7, 12, 13];

/** Operators that work element by element. */
export const ELEMENTWISE: Readonly<Record<string, Operator>> = {
  Relu: pointwise((x) => Math.max(x, 0)),
  LeakyRelu: (call) => {
    const alpha = call.float("alpha", 0.01);
    return pointwise((x) => x < 0 ? alpha * x : x)(call);
  },
  Sigmoid: pointwise((x) => 1 / (1 + Math.exp(-x))),
  Tanh: pointwise(Math.tanh),
  Neg: pointwise((x) => -x),
  Log: pointwise(Math.log),
  Exp: pointwise(Math.exp),
  Sqrt: pointwise(Math.sqrt),
  Reciprocal: pointwise((x) => 1 / x),
  Abs: pointwise(Math.abs),
  Sign: pointwise(Math.sign),
  Erf: pointwise(erf),
  Identity: pointwise((x) => x),
  Add: pointwise((a, b) => a! + b!),
  Sub: pointwise((a, b) => a! - b!),
  Mul: pointwise((a, b) => a! * b!),
  Div: pointwise((a, b) => a! / b!),
  Pow: pointwise((a, b) => a! ** b!),
  Min: pointwise(Math.min),
  Max: pointwise(Math.max),
  Sum: pointwise((...values) => values.reduce((sum, value) => sum + value, 0)),
  Equal: pointwise((a, b) => truth(a === b)),
  Greater: pointwise((a, b) => truth(a! > b!)),
  GreaterOrEqual: pointwise((a, b) => truth(a! >= b!)),
  Less: pointwise((a, b) => truth(a! < b!)),
  LessOrEqual: pointwise((a, b) => truth(a! <= b!)),
  Not: pointwise((a) => truth(a === 0)),
  And: pointwise((a, b) => truth(a !== 0 && b !== 0)),
  Where: pointwise((condition, a, b) => condition !== 0 ? a! : b!),
  Clip: (call) => {
    const low = call.inputs[1]?.data[0] ?? -Infinity;
    const high = call.inputs[2]?.data[0] ?? Infinity;
    const { dims, data } = call.input(0);
    return [{ dims, data: data.map((x) => Math.min(Math.max(x, low), high)) }];
  },
  Cast: (call) => {
    const to = call.int("to", 0);
    if (INTEGER_CODES.includes(to)) return pointwise(Math.trunc)(call);
    if (to === CODES.bool) return pointwise((x) => truth(x !== 0))(call);
    call.require("type", to, CODES.float32, CODES.float64);
    return pointwise((x) => x)(call);
  },
};
