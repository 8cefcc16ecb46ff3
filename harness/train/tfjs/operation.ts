/**
 * What the rule of an operator sees of its node.
 *
 * @module
 */
import type * as tf from "@tensorflow/tfjs";
import type { GraphNode } from "../../graph/mod.ts";

/** A node whose inputs are computed. Tensors have ONNX layouts: images are [N, C, H, W]. */
export interface Operation {
  readonly node: GraphNode;
  /** Tensor of the input at a position. @throws {RangeError} When it is not given. */
  tensor(at: number): tf.Tensor;
  /** All inputs. */
  tensors(): tf.Tensor[];
  /** Whether there is an input at a position. */
  has(at: number): boolean;
  /** Values of an input that is a constant list of integers, or undefined where it is not given. */
  integers(at: number): readonly number[] | undefined;
  /** The convolution of the backend. */
  readonly convolve: Convolve;
}

/**
 * y[n, i, j, o] = sum over a, b, c of x[n, i s + a, j t + b, c] w[a, b, c, o] for strides s, t.
 *
 * @param x [N, H, W, C], padded.
 * @param w [height, width, C, O].
 */
export type Convolve = (
  x: tf.Tensor4D,
  w: tf.Tensor4D,
  strides: readonly [number, number],
) => tf.Tensor4D;

/** Computes the outputs of a node; it throws a RangeError that says what it cannot do. */
export type Rule = (operation: Operation) => tf.Tensor | tf.Tensor[];

/** Rules by operator. */
export type Rules = Readonly<Record<string, Rule>>;

/** A float attribute, or a default where the node does not have it. */
export function floatAttribute({ attributes }: GraphNode, name: string, otherwise: number): number {
  const attribute = attributes.get(name);
  return attribute?.kind === "float" ? attribute.value : otherwise;
}

/** @throws {RangeError} When a string attribute has another value than the supported ones. */
export function requireAttribute(
  { attributes }: GraphNode,
  name: string,
  supported: readonly string[],
): void {
  const attribute = attributes.get(name);
  if (attribute?.kind !== "string" || supported.includes(attribute.value)) return;
  throw new RangeError(`its ${name} is ${attribute.value}, wanted ${supported.at(-1)}`);
}

/** An axis as a non-negative number. */
export function normalAxis(axis: number, rank: number): number {
  return axis < 0 ? axis + rank : axis;
}
