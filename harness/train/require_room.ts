/**
 * Whether a device has room for every tensor of a training step: WebGPU adapters bind no more than so
 * many bytes at once. Beyond that some kernels of ONNX Runtime are refused, and others compute nonsense.
 *
 * @module
 */
import { formatBytes, RunError } from "../base/mod.ts";
import { inferShapes, type Shape, sizeOf } from "../graph/gradient/mod.ts";
import type { Graph } from "../graph/mod.ts";
import type { TrainingForm } from "./training_form.ts";

/** Bytes of a float32; the masks of comparisons are counted as large. */
const BYTES = 4;

/**
 * @param stepOf The step graph of a form.
 * @param limit Bytes of the largest tensor that fits.
 * @throws {RunError} When a tensor does not fit: which, how large, and the largest batch that would fit.
 */
export function requireRoom(
  form: TrainingForm,
  stepOf: (form: TrainingForm) => Graph,
  limit: number,
): void {
  const largestOf = (batch: number) => largestTensor(stepOf(withBatch(form, batch)));
  const largest = largestOf(form.batch);
  if (largest.bytes <= limit) return;
  const smallest = largestOf(1);
  const advice = smallest.bytes > limit
    ? `with a batch of 1 ${described(smallest)} does not fit either`
    : `the largest batch that fits is ${
      largestWhere(1, form.batch, (batch) => largestOf(batch).bytes <= limit)
    }`;
  throw new RunError(
    `Cannot train ${form.graph.name} with a batch of ${form.batch}: ${
      described(largest)
    }, wanted at ` +
      `most ${formatBytes(limit)}, the adapter's limit; ${advice}`,
  );
}

interface LargestTensor {
  readonly name: string;
  readonly shape: Shape;
  readonly bytes: number;
}

function largestTensor(graph: Graph): LargestTensor {
  const given = new Map(graph.inputs.map(({ name, shape }) => [name, shape as Shape]));
  const shapes = [...inferShapes(graph, given)];
  return shapes
    .map(([name, shape]) => ({ name, shape, bytes: BYTES * sizeOf(shape) }))
    .reduce((a, b) => b.bytes > a.bytes ? b : a);
}

function described({ name, shape, bytes }: LargestTensor): string {
  return `the tensor "${name}" [${shape.join(", ")}] of ${formatBytes(bytes)}`;
}

/** The same form with another batch: all its inputs begin with the batch. */
function withBatch(form: TrainingForm, batch: number): TrainingForm {
  const inputs = form.graph.inputs.map(({ shape, ...rest }) => ({
    ...rest,
    shape: shape && [batch, ...shape.slice(1)],
  }));
  return { ...form, batch, graph: { ...form.graph, inputs } };
}

/** Bisection between a number that fits and one that does not. */
function largestWhere(fitting: number, tooLarge: number, fits: (n: number) => boolean): number {
  let [low, high] = [fitting, tooLarge];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (fits(middle)) low = middle;
    else high = middle;
  }
  return low;
}
