/**
 * How far two engines drift apart from the same start on the same batches.
 *
 * @module
 */
import type { FloatTensor } from "../device/mod.ts";
import type { Batch, Engine, Trainer } from "./engine.ts";
import type { OptimiserSettings } from "./optimiser.ts";
import type { TrainingForm } from "./training_form.ts";

/** Differences at one step, relative to the first engine. NaN where an engine gives no number. */
export interface AgreementRow {
  /** From 1 on. */
  readonly step: number;
  /** |a - b| / |a| of the loss before the update. */
  readonly loss: number;
  /**
   * max |a - b| / max |a| over the gradients of all parameters together. One input of a rectifier that
   * is 0 to rounding, or a tie of two maxima, makes this number jump to 1e-3 or 1e-2 for a step.
   */
  readonly gradients: number;
  /** max |a - b| / max |a| over the logits before the update. */
  readonly logits: number;
}

/** The steps that are compared when none are named. */
const COMPARED_STEPS: readonly number[] = [1, 10, 50];

/**
 * Trains with both engines and compares the steps that are named. Each engine goes on from what it
 * reached by itself: the first step shows how exact they are, later ones how differences grow.
 *
 * @param batches Taken in turn, from the first again after the last.
 * @param at Steps to compare, from 1 on; the largest is the last that is taken.
 * @param signal Stops between two steps.
 * @param onStep Called after each step.
 * @throws What the signal was aborted with.
 */
export async function engineAgreement(
  engines: readonly [Engine, Engine],
  form: TrainingForm,
  optimiser: OptimiserSettings,
  batches: readonly Batch[],
  learningRate: number,
  at: readonly number[] = COMPARED_STEPS,
  signal?: AbortSignal,
  onStep?: () => void,
): Promise<AgreementRow[]> {
  const trainers: Trainer[] = [];
  const rows: AgreementRow[] = [];
  try {
    for (const engine of engines) trainers.push(await engine.open(form, optimiser));
    const last = Math.max(0, ...at);
    for (let step = 1; step <= last; step++) {
      signal?.throwIfAborted();
      const batch = batches[(step - 1) % batches.length]!;
      const compared = at.includes(step);
      const [a, b] = await both(trainers, async (trainer) => ({
        gradients: compared ? [...(await trainer.gradients(batch)).values()] : [],
        ...await trainer.step(batch, learningRate),
      }));
      if (compared) {
        rows.push({
          step,
          loss: relativeDifference([scalar(a.loss)], [scalar(b.loss)]),
          gradients: relativeDifference(a.gradients, b.gradients),
          logits: relativeDifference([a.logits], [b.logits]),
        });
      }
      onStep?.();
    }
    return rows;
  } finally {
    for (const trainer of trainers) await trainer.release();
  }
}

/** One after the other: both would want the same cores. */
async function both<T>(
  trainers: readonly Trainer[],
  take: (trainer: Trainer) => Promise<T>,
): Promise<[T, T]> {
  return [await take(trainers[0]!), await take(trainers[1]!)];
}

/** max |a - b| / max |a| over lists of tensors taken as one. */
function relativeDifference(a: readonly FloatTensor[], b: readonly FloatTensor[]): number {
  let [difference, largest] = [0, 0];
  for (const [i, { data }] of a.entries()) {
    for (const [j, value] of data.entries()) {
      difference = Math.max(difference, Math.abs(value - b[i]!.data[j]!));
      largest = Math.max(largest, Math.abs(value));
    }
  }
  return difference === 0 ? 0 : difference / largest;
}

function scalar(value: number): FloatTensor {
  return { dims: [], data: Float32Array.of(value) };
}
