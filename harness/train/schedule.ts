/**
 * Learning rates over a training run.
 *
 * @module
 */

/** How the learning rate changes. */
export type Schedule =
  & {
    /** The rate at its highest. */
    readonly base: number;
    /** Steps over which the rate first rises from 0 in equal increments. */
    readonly warmupSteps?: number;
  }
  & (
    | { readonly kind: "constant" }
    /** Half a cosine from `base` to 0 over the whole run (Loshchilov and Hutter 2017, no restarts). */
    | { readonly kind: "cosine" }
    /** Multiplied by `factor` after every so many epochs. */
    | { readonly kind: "step"; readonly everyEpochs: number; readonly factor: number }
  );

/** Length of a run in steps. */
export interface RunLength {
  readonly stepsPerEpoch: number;
  readonly totalSteps: number;
}

/**
 * The rate of a step. With n warm-up steps, step 0 has base / n, step n - 1 has base; the cosine is the
 * one of a run without warm-up, so that the warm-up only scales its beginning.
 *
 * @param step From 0 on.
 */
export function learningRateAt(
  schedule: Schedule,
  step: number,
  { stepsPerEpoch, totalSteps }: RunLength,
): number {
  const { base, warmupSteps = 0 } = schedule;
  const warmup = warmupSteps > 0 ? Math.min(1, (step + 1) / warmupSteps) : 1;
  switch (schedule.kind) {
    case "constant":
      return base * warmup;
    case "cosine":
      return base * warmup * (1 + Math.cos(Math.PI * step / totalSteps)) / 2;
    case "step": {
      const drops = Math.floor(Math.floor(step / stepsPerEpoch) / schedule.everyEpochs);
      return base * warmup * schedule.factor ** drops;
    }
  }
}
