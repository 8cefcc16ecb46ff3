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
    /**
     * n steps in which the rate rises linearly from 0: step t (from 0 on) has (t + 1) / n of what it would
     * have without warm-up, so that the first step moves the weights and step n - 1 has the whole rate.
     */
    readonly warmupSteps?: number;
  }
  & (
    | { readonly kind: "constant" }
    /** Half a cosine from `base` to 0 over the run (Loshchilov and Hutter 2017, eq. 5, no restarts). */
    | { readonly kind: "cosine" }
    /** Multiplied by `factor` after every `everyEpochs` epochs. */
    | { readonly kind: "step"; readonly everyEpochs: number; readonly factor: number }
  );

/** Length of a run in steps, warm-up included. */
export interface RunLength {
  readonly stepsPerEpoch: number;
  readonly totalSteps: number;
}

/**
 * The rate of a step. Without warm-up these are torch's CosineAnnealingLR with T_max = `totalSteps`,
 * advanced after each step, and StepLR with step_size = `everyEpochs`, advanced after each epoch.
 *
 * @param step From 0 to `totalSteps` - 1.
 */
export function learningRateAt(
  schedule: Schedule,
  step: number,
  { stepsPerEpoch, totalSteps }: RunLength,
): number {
  const { base, warmupSteps = 0 } = schedule;
  const rate = step < warmupSteps ? base * (step + 1) / warmupSteps : base;
  switch (schedule.kind) {
    case "constant":
      return rate;
    case "cosine":
      return rate * (1 + Math.cos(Math.PI * step / totalSteps)) / 2;
    case "step": {
      const epoch = Math.floor(step / stepsPerEpoch);
      return rate * schedule.factor ** Math.floor(epoch / schedule.everyEpochs);
    }
  }
}
