/**
 * What the paper's estimator gives where the dimension is known: the reason to read estimates above
 * about 20 as lower bounds.
 *
 * @module
 */

/** Points of each sample below. */
export const CALIBRATION_POINTS = 450;

/**
 * Dimension of a standard Gaussian, and mean and standard deviation of TwoNN (F = i/N, 90 % of the
 * points) over samples of 450 points. No unit.
 */
export const CALIBRATION: readonly { dimension: number; estimate: number; std: number }[] = [
  { dimension: 5, estimate: 5.1, std: 0.3 },
  { dimension: 10, estimate: 9.1, std: 0.6 },
  { dimension: 20, estimate: 16.0, std: 1.0 },
  { dimension: 50, estimate: 28.9, std: 1.0 },
  { dimension: 100, estimate: 44.3, std: 1.7 },
  { dimension: 200, estimate: 66.8, std: 3.3 },
  { dimension: 400, estimate: 97.8, std: 6.7 },
];
