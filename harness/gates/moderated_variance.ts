/**
 * Variances of many quantities from a few values each, each drawn towards what all have in common:
 * the empirical Bayes estimate of Smyth (2004), "Linear models and empirical Bayes methods for
 * assessing differential expression", sections 3 and 6.2. Three replicates alone have so few degrees of
 * freedom that a t test sees nothing but catastrophes.
 *
 * @module
 */
import { mean } from "../stats/mod.ts";
import { digamma, inverseTrigamma, trigamma } from "./polygamma.ts";

/** Fewest variances that say anything about what they have in common. */
const FEWEST = 3;

/** A variance with its degrees of freedom. */
export interface Variance {
  readonly value: number;
  readonly freedom: number;
}

/**
 * Each variance after moderation: (d0 s0^2 + d s^2) / (d0 + d), with d0 + d degrees of freedom.
 * Variances of 0 do not take part in the estimate of d0 and s0; with fewer than three others nothing
 * is moderated.
 */
export function moderateVariances(variances: readonly Variance[]): Variance[] {
  const prior = commonPrior(variances);
  return variances.map((variance) => moderate(variance, prior));
}

/** One of the variances, moderated by what the *others* have in common. */
export function moderateByOthers(variances: readonly Variance[], at: number): Variance {
  return moderate(variances[at]!, commonPrior(variances.toSpliced(at, 1)));
}

function moderate({ value, freedom }: Variance, prior: Variance | undefined): Variance {
  if (prior === undefined) return { value, freedom };
  if (prior.freedom === Infinity) return { ...prior };
  return {
    value: (prior.freedom * prior.value + freedom * value) / (prior.freedom + freedom),
    freedom: prior.freedom + freedom,
  };
}

/** d0 and s0^2, from the mean and the spread of the logarithms of the variances. */
function commonPrior(all: readonly Variance[]): Variance | undefined {
  const variances = all.filter(({ value }) => value > 0);
  if (variances.length < FEWEST) return undefined;
  const logs = variances.map(({ value, freedom }) =>
    Math.log(value) - digamma(freedom / 2) + Math.log(freedom / 2)
  );
  const centre = mean(logs);
  const spread = logs.reduce((sum, log) => sum + (log - centre) ** 2, 0) / (logs.length - 1);
  const beyondChance = spread - mean(variances.map(({ freedom }) => trigamma(freedom / 2)));
  if (beyondChance <= 0) return { value: Math.exp(centre), freedom: Infinity };
  const half = inverseTrigamma(beyondChance);
  return { value: Math.exp(centre + digamma(half) - Math.log(half)), freedom: 2 * half };
}
