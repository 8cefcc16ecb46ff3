/**
 * Gradients of convolutions.
 *
 * @module
 */
import { int, intAttribute, ints, intsAttribute } from "../graph.ts";
import { inputGradient } from "./input_gradient.ts";
import type { GradientRule } from "./tape.ts";
import { weightGradient } from "./weight_gradient.ts";
import { windowOf } from "./window.ts";

/** Sum over images and positions: the gradient of a bias a channel. */
const BIAS_AXES = [0, 2, 3] as const;

const conv: GradientRule = (node, g, tape) => {
  const [x, w, bias] = node.inputs as [string, string, string?];
  const geometry = {
    ...windowOf(node, tape.shape(w).slice(2), tape.shape(x).slice(2)),
    batch: tape.shape(x)[0]!,
    inputChannels: tape.shape(x)[1]!,
    outputChannels: tape.shape(w)[0]!,
    group: intAttribute(node, "group", 1),
  };
  return [
    tape.wants(x) ? inputGradient(tape, g, w, geometry) : undefined,
    tape.wants(w) ? weightGradient(tape, x, g, geometry) : undefined,
    tape.wants(bias) ? tape.sum(g, BIAS_AXES, false) : undefined,
  ];
};

/**
 * A transposed convolution is the input gradient of a convolution whose output it takes as input, so
 * its own gradients are that convolution, and its weight gradient with the roles exchanged.
 */
const convTranspose: GradientRule = (node, g, tape) => {
  const [x, w, bias] = node.inputs as [string, string, string?];
  const kernel = tape.shape(w).slice(2);
  const strides = intsAttribute(node, "strides") ?? [1, 1];
  const dilations = intsAttribute(node, "dilations") ?? [1, 1];
  const pads = intsAttribute(node, "pads") ?? [0, 0, 0, 0];
  const group = intAttribute(node, "group", 1);
  const output = tape.shape(node.outputs[0]!);
  const geometry = {
    kernel,
    strides,
    dilations,
    padsBefore: pads.slice(0, 2),
    padsAfter: pads.slice(2),
    input: output.slice(2),
    output: tape.shape(x).slice(2),
    batch: output[0]!,
    inputChannels: output[1]!,
    outputChannels: tape.shape(x)[1]!,
    group,
  };
  const byX = () =>
    tape.add("Conv", [g, w], {
      kernel_shape: ints(kernel),
      strides: ints(strides),
      dilations: ints(dilations),
      pads: ints(pads),
      group: int(group),
    });
  return [
    tape.wants(x) ? byX() : undefined,
    tape.wants(w) ? weightGradient(tape, g, x, geometry) : undefined,
    tape.wants(bias) ? tape.sum(g, BIAS_AXES, false) : undefined,
  ];
};

/** Rules by operator. */
export const CONVOLUTION: Readonly<Record<string, GradientRule>> = {
  Conv: conv,
  ConvTranspose: convTranspose,
};
