/**
 * What a report on points shows.
 *
 * @module
 */

/** An estimate at one scale, with half of its 95 % interval or a deviation. */
export interface ScaleEstimate {
  /** Points, or points in the distance that the ranks reach: N / n1 for Gride. */
  readonly points: number;
  readonly id: number;
  readonly error: number;
}

/** Numbers as text, but for those of the plot. */
export interface PointsReport {
  /** Name of the file. */
  readonly file: string;
  /** Its format, its points and duplicates; sentences. */
  readonly summary: readonly string[];
  /** Estimator, estimate, interval. */
  readonly estimates: readonly (readonly string[])[];
  /** Scale, estimate, spread, points or distance. */
  readonly scales: readonly (readonly string[])[];
  readonly gride: readonly ScaleEstimate[];
  readonly blocks: readonly ScaleEstimate[];
  readonly hubs: readonly string[];
  readonly calibration: readonly string[];
  readonly notes: readonly string[];
  /** Name and value. */
  readonly provenance: readonly (readonly [name: string, value: string])[];
}
