/**
 * What a reader must know before quoting an estimate of his points.
 *
 * @module
 */
import {
  type AdaptiveEstimate,
  type AllEstimates,
  type Hubness,
  spreadFactor,
  type SpreadName,
} from "../estimators/mod.ts";
import { normalQuantile } from "../stats/mod.ts";

/** Above this an estimate is a lower bound, whatever the number of points that can be had. */
const LOWER_BOUND_FROM = 20;

/** Share of the points with one nearest neighbour in common from which hubs are named. */
const STRONG_HUB = 0.05;

/** Share of neighbourhoods that may end with the lists before the adaptive estimates are doubted. */
const TRUNCATED = 0.05;

/** Rounding, relative to the distances of nearest neighbours, that is worth a note. */
const COARSE = 1e-3;

/** What the notes are about. */
export interface Noted {
  /** Points that the estimates rest on. */
  readonly n: number;
  readonly points: number;
  readonly features: number;
  readonly constantFeatures: number;
  /** The largest change of a coordinate by rounding. */
  readonly rounding: number;
  readonly duplicates: number;
  readonly hub: Hubness;
  readonly estimates: AllEstimates;
  readonly abide: AdaptiveEstimate | null;
  /** Neighbours listed of each point. */
  readonly neighbours: number;
}

/** One sentence each. */
export function pointsNotes(noted: Noted): string[] {
  const { n, points, features, constantFeatures, duplicates, hub, estimates, abide, neighbours } =
    noted;
  const notes: string[] = [];
  const id = estimates.twonn_fit.value;
  notes.push(
    id > LOWER_BOUND_FROM
      ? `Estimated at N = ${n}: above about ${LOWER_BOUND_FROM} a lower bound of the dimension.`
      : `Estimated at N = ${n}; fewer or more points may give another value.`,
  );
  notes.push(
    "Intervals say where estimates of as many other points would lie: they are as wide as the spread " +
      "over simulated Gaussian clouds that give the same estimate. They do not hold the bias at this " +
      "number of points (see the calibration), nor that of noise, curvature and borders.",
  );
  const [small, large] = [estimates.gride[0], estimates.gride.at(-1)];
  if (small && large && small !== large) {
    const errors = [small, large].map(({ n1, n2, id, err }) =>
      err * spreadFactor(`gride_${n1}_${n2}` as SpreadName, id)
    );
    const reach = normalQuantile(0.975) * Math.hypot(...errors);
    if (Math.abs(small.id - large.id) > reach) {
      notes.push(
        `The estimate depends on the scale: ${round(small.id)} between ranks ${small.n1} and ` +
          `${small.n2}, ${round(large.id)} between ${large.n1} and ${large.n2}.`,
      );
    }
  }
  if (abide && abide.truncated > TRUNCATED) {
    notes.push(
      `ABIDE and adaptive Gride: ${
        round(100 * abide.truncated)
      } % of the neighbourhoods would be ` +
        `larger than the ${neighbours} neighbours that are listed.`,
    );
  }
  if (small && noted.rounding * Math.sqrt(features) > COARSE * small.mean_r) {
    notes.push(
      `Coordinates are rounded to float32, by up to ${round(noted.rounding)}, which is much for ` +
        `nearest neighbours at a mean distance of ${
          round(small.mean_r)
        }: fewer points (--samples) ` +
        "are farther apart.",
    );
  }
  if (duplicates > 0) {
    notes.push(
      `${duplicates} of ${points} points have an identical twin; they give no ratio but remain ` +
        "neighbours of others.",
    );
  }
  if (constantFeatures > 0) {
    notes.push(`${constantFeatures} of ${features} features are constant, which changes nothing.`);
  }
  if (hub.share >= STRONG_HUB) {
    notes.push(
      `One point is the nearest neighbour of ${round(100 * hub.share)} % of the points; without ` +
        `it the estimate is ${round(hub.twonn_fit_without_it)}.`,
    );
  }
  return notes;
}

function round(value: number): number {
  return Number(value.toPrecision(3));
}
