/**
 * The estimates of a file of points as tables for the terminal.
 *
 * @module
 */
import type { PointsEstimate } from "../run/mod.ts";
import { table } from "./print.ts";

type Equivalent = PointsEstimate["calibration"]["gaussian"];
type Estimate = PointsEstimate["estimates"]["twonn_fit"];
type Interval = readonly [number, number];

/** Tables and sentences; no end of line at the end. */
export function pointsTables(found: PointsEstimate): string {
  return [
    ...summaryLines(found),
    "",
    table(["estimator", "ID", "95 % interval"], estimateRows(found)),
    "",
    table(["scale", "ID", "95 % interval or spread", "points or distance"], scaleRows(found)),
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
  const ofSample = sample ? " (sample)" : "";
  const row = (title: string, estimate: Estimate | null, interval: Interval | null) => [
    title,
    estimate ? number(estimate.value) : "-",
    interval ? range(interval) : "no answer for these points",
  ];
  return [
    row("TwoNN, fit (F = i/N)", estimates.twonn_fit, intervals.twonn_fit),
    row(
      "TwoNN, fit (F = (i-1)/N)",
      estimates.twonn_fit_i_minus_1,
      intervals.twonn_fit_i_minus_1,
    ),
    row("TwoNN, likelihood", estimates.twonn_mle_unbiased, intervals.twonn_mle_unbiased),
    row(
      "TwoNN, likelihood, 10 % censored",
      estimates.twonn_mle_censored_90,
      intervals.twonn_mle_censored_90,
    ),
    [
      "TwoNN, 90 % of the points",
      number(subsamples.mean),
      `(std ${number(subsamples.std_population)} over ${subsamples.repeats} subsamples)`,
    ],
    row("TwoNN, posterior (Gamma prior)", further.twonn_bayes, intervals.twonn_bayes),
    row("MiND, k = 20", further.mind_ml_k20, intervals.mind_ml_k20),
    row("ABIDE", further.abide, intervals.abide),
    row("Gride, adaptive ranks", further.gride_k_star, intervals.gride_k_star),
    ...local && intervals.levina_bickel_k20 ? localRows(local, intervals.levina_bickel_k20) : [],
    row(
      `correlation dimension${ofSample}`,
      further.correlation_dimension,
      intervals.correlation_dimension,
    ),
    row(`local PCA, k = 50${ofSample}`, further.local_pca_k50, intervals.local_pca_k50),
    ...further.pca
      ? [
        ["PCA, components for 90 % of the variance", String(further.pca.n90), ""],
        ["PCA, participation ratio", number(further.pca.participation_ratio), ""],
      ]
      : [],
  ];
}

function localRows(
  local: NonNullable<PointsEstimate["estimates"]["levina_bickel_k20"]>,
  intervals: NonNullable<PointsEstimate["intervals"]["levina_bickel_k20"]>,
): string[][] {
  const averages = [
    ["harmonic", "harmonic mean"],
    ["mean", "mean"],
    ["mean_k_minus_2", "unbiased mean (k - 2)"],
    ["median", "median"],
  ] as const;
  return averages.map(([key, title]) => [
    `Levina-Bickel, k = 20, ${title}`,
    number(local[key]),
    range(intervals[key]),
  ]);
}

function range([low, high]: Interval): string {
  return `${number(low)} to ${number(high)}`;
}

/** Scale, estimate, spread, points or distance. */
export function scaleRows({ estimates, intervals, sample }: PointsEstimate): string[][] {
  const blocks = sample?.block_analysis ?? estimates.block_analysis;
  return [
    ...estimates.gride.map(({ n1, n2, id, mean_r }, at) => [
      `Gride, ranks ${n1} and ${n2}`,
      number(id),
      range(intervals.gride[at]!),
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
