/**
 * Several runs of one thing as one number.
 *
 * @module
 */
import { mean, sampleStandardDeviation } from "simple-statistics";
import { finePercent, NONE } from "../views/format.ts";

/** Mean and standard deviation (n - 1) of shares, in percent; the mean alone for one value. */
export function spread(shares: readonly number[]): string {
  if (shares.length === 0) return NONE;
  const values = shares.map((share) => 100 * share);
  if (values.length === 1) return finePercent(shares[0]!);
  return `${mean(values).toFixed(1)} ± ${sampleStandardDeviation(values).toFixed(1)} %`;
}
