/**
 * Gradient of batch normalisation (Ioffe and Szegedy 2015, section 3).
 *
 * @module
 */
import { centredInput, isTrainingMode } from "./batch_statistics.ts";
import { sizeOf } from "./shapes.ts";
import type { GradientRule, Tape } from "./tape.ts";

/** scale x + shift, channel by channel, in one pass: a batch normalisation with mean 0, variance 1. */
function affine(x: string, scale: string, shift: string, channels: number, tape: Tape): string {
  const zero = tape.filled([channels], 0);
  const one = tape.filled([channels], 1);
  return tape.add("BatchNormalization", [x, scale, shift, zero, one], {
    epsilon: { kind: "float", value: 0 },
  });
}

/**
 * With x^ = (x - mean) / sqrt(variance + epsilon):
 *
 * - frozen: dx = g scale / sqrt(variance + epsilon);
 * - training, over the m values of a channel:
 *   dx = scale / sqrt(variance + epsilon) (g - sum(g)/m - x^ sum(g x^)/m);
 * - either way dscale = sum(g x^), dshift = sum(g).
 */
const batchNormalization: GradientRule = (node, g, tape) => {
  const [x, scale, shift, runningMean, runningVariance] = node.inputs as [
    string,
    string,
    string,
    string,
    string,
  ];
  const shape = tape.shape(x);
  const channels = shape[1]!;
  const training = isTrainingMode(node);
  const variance = training ? node.outputs[2]! : runningVariance;
  const epsilon = node.attributes.get("epsilon");
  const floor = tape.scalar(epsilon?.kind === "float" ? epsilon.value : 1e-5);
  const inverse = tape.add("Reciprocal", [
    tape.add("Sqrt", [tape.add("Add", [variance, floor])]),
  ]);
  const axes = shape.map((_, axis) => axis).filter((axis) => axis !== 1);
  const perChannel = (value: string) =>
    tape.reshape(value, shape.map((size, axis) => axis === 1 ? size : 1));

  const sumG = tape.sum(g, axes, false);
  const centred = training ? centredInput(node) : tape.add("Sub", [x, perChannel(runningMean)]);
  const sumGX = tape.add("Mul", [
    tape.sum(tape.add("Mul", [g, centred]), axes, false),
    inverse,
  ]);
  const dx = () => {
    const factor = tape.add("Mul", [scale, inverse]);
    if (!training) return tape.add("Mul", [g, perChannel(factor)]);
    const count = tape.scalar(-channels / sizeOf(shape));
    const byCentred = tape.add("Mul", [
      tape.add("Mul", [factor, inverse]),
      tape.add("Mul", [sumGX, count]),
    ]);
    const constant = tape.add("Mul", [factor, tape.add("Mul", [sumG, count])]);
    const none = tape.filled([channels], 0);
    return tape.add("Add", [
      affine(g, factor, constant, channels, tape),
      affine(centred, byCentred, none, channels, tape),
    ]);
  };
  return [
    tape.wants(x) ? dx() : undefined,
    tape.wants(scale) ? sumGX : undefined,
    tape.wants(shift) ? sumG : undefined,
  ];
};

/** Rules by operator. */
export const BATCH_NORM: Readonly<Record<string, GradientRule>> = {
  BatchNormalization: batchNormalization,
};
