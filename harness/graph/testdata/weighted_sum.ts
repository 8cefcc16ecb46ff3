import { type RandomStream, randomStream } from "../../base/mod.ts";
import {
  differentiate,
  type Differentiated,
  type DifferentiationOptions,
  inferShapes,
  type Shape,
} from "../gradient/mod.ts";
import { type Graph, GraphBuilder, int } from "../mod.ts";
import { interpret64, type Tensor64 } from "./interpret64.ts";
import { sizeOf } from "./interpret64/tensor64.ts";
import type { OperatorCase } from "./operator_cases.ts";

/** A graph with a scalar to differentiate, and values for its inputs. */
export interface LossCase {
  readonly graph: Graph;
  readonly loss: string;
  readonly feeds: ReadonlyMap<string, Tensor64>;
  readonly shapes: ReadonlyMap<string, Shape>;
  readonly wrt: readonly string[];
}

/** The sum of a case's output times random numbers, so that every element of the output counts. */
export function weightedSum({ graph, feeds, wrt }: OperatorCase): LossCase {
  const inputShapes = new Map([...feeds].map(([name, { dims }]) => [name, dims]));
  const dims = inferShapes(graph, inputShapes).get("y")!;
  const random = randomStream(1, "weighted sum", graph.name);
  const data = Float64Array.from({ length: sizeOf(dims) }, () => Math.fround(random.normal()));
  const builder = new GraphBuilder(graph.name, graph);
  const weights = builder.input("weights", dims);
  const terms = builder.add("terms", "Mul", ["y", weights]);
  const loss = builder.add("loss", "ReduceSum", [terms], { keepdims: int(0) });
  const withLoss = builder.build();
  return {
    graph: withLoss,
    loss,
    feeds: new Map([...feeds, [weights, { dims, data }]]),
    shapes: inferShapes(withLoss, new Map([...inputShapes, [weights, dims]])),
    wrt,
  };
}

/** The case's graph with gradients. */
export function differentiatedCase(
  { graph, loss, wrt, shapes }: LossCase,
  options?: DifferentiationOptions,
): Differentiated {
  return differentiate(graph, loss, wrt, shapes, options);
}

/** A direction in the space of one value. */
export interface Direction {
  readonly value: string;
  readonly step: Float64Array;
}

/** So many single elements of each value, and one random direction of unit length through all of them. */
export function directionsOf(
  values: ReadonlyMap<string, Tensor64>,
  wrt: readonly string[],
  elements: number,
): Direction[] {
  return wrt.flatMap((value) => {
    const size = values.get(value)!.data.length;
    const random = randomStream(1, "directions", value, size);
    const chosen = Array.from(
      { length: Math.min(size, elements) },
      (_, i) => size <= elements ? i : random.integer(size),
    );
    const single = chosen.map((at) =>
      Float64Array.from({ length: size }, (_, i) => i === at ? 1 : 0)
    );
    return [...single, unitVector(random, size)].map((step) => ({ value, step }));
  });
}

function unitVector(random: RandomStream, size: number): Float64Array {
  const vector = Float64Array.from({ length: size }, () => random.normal());
  const length = Math.sqrt(vector.reduce((sum, value) => sum + value ** 2, 0));
  return vector.map((value) => value / length);
}

/**
 * Slope of the loss along a direction by central differences, whose error is of order size^2.
 *
 * @param size Length of the step to each side.
 */
export function centralDifference(
  { graph, loss, feeds }: Pick<LossCase, "graph" | "loss" | "feeds">,
  { value, step }: Direction,
  size: number,
): number {
  const { dims, data } = feeds.get(value)!;
  const lossAt = (length: number) => {
    const moved = { dims, data: data.map((own, i) => own + length * step[i]!) };
    return interpret64(graph, new Map([...feeds, [value, moved]])).get(loss)!.data[0]!;
  };
  return (lossAt(size) - lossAt(-size)) / (2 * size);
}
