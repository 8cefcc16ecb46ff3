/**
 * The estimates of a file of points as tables for the terminal.
 *
 * @module
 */
import type { IntervalName, PointsEstimate } from "../run/mod.ts";
import { table } from "./print.ts";

type Equivalent = PointsEstimate["calibration"]["gaussian"];
type Estimate = PointsEstimate["estimates"]["twonn_fit"];

/** Half the width of a 95 % interval in standard errors. */
const NORMAL_95 = 1.96;

/** Tables and sentences; no end of line at the end. */
export function pointsTables(found: PointsEstimate): string {
  return [
    ...summaryLines(found),
    "",
    table(["estimator", "ID", "95 % interval"], estimateRows(found)),
    "",
    table(["scale", "ID", "spread", "points or distance"], scaleRows(found)),
    "",
    ...hubLines(found),
    "",
    ...calibrationLines(found),
    "",
    ...found.notes.map((note) => `- ${note}`),
  ].join("\n");
}

/** The file and its points. */
export function summaryLines(found: PointsEstimate): string[] {
  const { points, pointsInFile } = found;
  return [
    `${found.file} (${found.format})`,
    `${points} points${points < pointsInFile ? ` drawn from ${pointsInFile}` : ""}, ` +
    `${found.features} features (${found.constantFeatures} constant), ` +
    `${found.duplicates} with an identical twin; estimates rest on N = ${found.n}`,
  ];
}

/** Estimator, estimate, interval. */
export function estimateRows(
  { estimates, intervals, further, sample }: PointsEstimate,
): string[][] {
  const { twonn_fit_subsamples: subsamples, levina_bickel_k20: local } = estimates;
  const names: readonly [IntervalName, string][] = [
    ["twonn_fit", "TwoNN, fit (F = i/N)"],
    ["twonn_fit_i_minus_1", "TwoNN, fit (F = (i-1)/N)"],
    ["twonn_mle_unbiased", "TwoNN, likelihood"],
    ["twonn_mle_censored_90", "TwoNN, likelihood, 10 % censored"],
  ];
  const ofSample = sample ? " (sample)" : "";
  return [
    ...names.map(([name, title]) => [title, number(estimates[name].value), range(intervals[name])]),
    [
      "TwoNN, 90 % of the points",
      number(subsamples.mean),
      `(std ${number(subsamples.std_population)} over ${subsamples.repeats} subsamples)`,
    ],
    row("TwoNN, posterior (Gamma prior)", further.twonn_bayes),
    row("MiND, k = 20", further.mind_ml_k20),
    row("ABIDE", further.abide),
    row("Gride, adaptive ranks", further.gride_k_star),
    ...local
      ? [
        [
          "Levina-Bickel, k = 20, harmonic mean",
          number(local.harmonic),
          intervals.levina_bickel_k20 ? range(intervals.levina_bickel_k20) : "",
        ],
        ["Levina-Bickel, k = 20, mean", number(local.mean), ""],
        ["Levina-Bickel, k = 20, median", number(local.median), ""],
      ]
      : [],
    row(`correlation dimension${ofSample}`, further.correlation_dimension),
    row(`local PCA, k = 50${ofSample}`, further.local_pca_k50),
    ...further.pca
      ? [
        ["PCA, components for 90 % of the variance", String(further.pca.n90), ""],
        ["PCA, participation ratio", number(further.pca.participation_ratio), ""],
      ]
      : [],
  ];
}

/** An estimate with the interval of its standard error. */
function row(title: string, estimate: Estimate | null): string[] {
  if (!estimate) return [title, "-", "no answer for these points"];
  const { value, standardError } = estimate;
  const reach = NORMAL_95 * standardError;
  return [title, number(value), range([value - reach, value + reach])];
}

function range([low, high]: readonly [number, number]): string {
  return `${number(low)} to ${number(high)}`;
}

/** Scale, estimate, spread, points or distance. */
export function scaleRows({ estimates, sample }: PointsEstimate): string[][] {
  const blocks = sample?.block_analysis ?? estimates.block_analysis;
  return [
    ...estimates.gride.map(({ n1, n2, id, err, mean_r }) => [
      `Gride, ranks ${n1} and ${n2}`,
      number(id),
      `error ${number(err)}`,
      `mean distance ${number(mean_r)}`,
    ]),
    ...blocks.filter(({ blocks }) => Number.isInteger(Math.log2(blocks))).map((
      { blocks, points, mean, std_population },
    ) => [
      blocks === 1
        ? `TwoNN${sample ? ", a sample" : ""}`
        : `TwoNN, ${blocks} blocks${sample ? " of the sample" : ""}`,
      number(mean),
      blocks === 1 ? "" : `std ${number(std_population)}`,
      `${points} points`,
    ]),
  ];
}

/** The strongest hub, and the estimate without it and its like. */
export function hubLines({ hub, points }: PointsEstimate): string[] {
  return [
    `Hubs: row ${hub.point} (counted from 0) is the nearest neighbour of ` +
    `${hub.nearest_neighbour_of} points (${number(100 * hub.share)} %); ` +
    `${hub.distinct_nearest_neighbours} of ${points} are anybody's; skewness ` +
    `${number(hub.skewness)}.`,
    `TwoNN without that point ${number(hub.twonn_fit_without_it)}, without the strongest 1 % ` +
    `${
      hub.twonn_fit_without_top_1_percent === null
        ? "unknown: the lists of neighbours end before"
        : number(hub.twonn_fit_without_top_1_percent)
    }.`,
  ];
}

/** The clouds of known dimension that give as much. */
export function calibrationLines({ calibration, sample }: PointsEstimate): string[] {
  const { n, twonn_fit, gaussian, hypercube } = calibration;
  return [
    `Calibration: TwoNN gives ${number(twonn_fit)} at N = ${n}${sample ? " (the sample)" : ""}, ` +
    "as clouds of known dimension do on average:",
    `  Gaussian of dimension ${equivalent(gaussian)}`,
    `  uniform hypercube of dimension ${equivalent(hypercube)}`,
  ];
}

function equivalent(found: Equivalent): string {
  return "dimension" in found ? number(found.dimension) : `unknown: ${found.beyondTable}`;
}

function number(value: number): string {
  return String(Number(value.toPrecision(3)));
}
