/**
 * What the paper's estimator gives where the dimension is known: the reason to read estimates above
 * about 20 as lower bounds. The numbers are those of `harness/estimators/calibration_table.json`.
 *
 * @module
 */

/** Dimensions of the Gaussian clouds; no unit. */
export const CALIBRATED_DIMENSIONS: readonly number[] = [5, 10, 20, 50, 100, 200, 400];

/** Mean and standard deviation of TwoNN (F = i/N, 90 % of the points) over clouds, by dimension. */
export const CALIBRATION: readonly {
  readonly points: number;
  readonly estimates: readonly (readonly [mean: number, std: number])[];
}[] = [
  {
    points: 100,
    estimates: [[5.0, 0.6], [9.1, 1.2], [14.9, 1.6], [26.5, 2.9], [39.9, 4.3], [58.8, 6.5], [
      84.6,
      10.0,
    ]],
  },
  {
    points: 450,
    estimates: [[5.1, 0.3], [9.6, 0.5], [16.0, 0.8], [29.5, 1.4], [44.8, 2.3], [66.5, 3.6], [
      98.1,
      6.5,
    ]],
  },
  {
    points: 1800,
    estimates: [[5.1, 0.1], [9.7, 0.3], [16.9, 0.4], [32.0, 0.7], [48.2, 1.4], [73.4, 2.1], [
      107.8,
      2.4,
    ]],
  },
];
