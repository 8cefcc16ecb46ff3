/**
 * Invented networks for the tests of reports, with numbers like those of the paper's Figure 3.
 *
 * @module
 */
import type { Estimates, GroupResult, LayerResult, NetworkResult } from "../../harness/spec/mod.ts";

/** What an invented network is made from. */
export interface ExampleCurve {
  readonly id: string;
  readonly title: string;
  readonly architecture: string;
  readonly weights: NetworkResult["weights"];
  readonly layers: readonly string[];
  readonly depth: readonly number[];
  readonly units: readonly number[];
  /** Mean estimated ID at each layer. */
  readonly ids: readonly number[];
  /** Standard deviation over groups at each layer. */
  readonly spread: readonly number[];
  /** Share of images whose nearest neighbour is the strongest hub, at each layer. */
  readonly hubShare: readonly number[];
  readonly paper: NetworkResult["paper"];
  /** Name of the data set; "images" when absent. */
  readonly data?: string;
  /** Null when absent: a network from a file. */
  readonly recipe?: NetworkResult["recipe"];
}

/** How far each group lies from the mean, in standard deviations. */
const OFFSETS = [-1.6, -0.4, 0.1, 0.3, 1.2, 0.9, -0.5];

/** Points of every group. */
const N = 500;

/** The network as a run would report it. */
export function exampleNetwork(curve: ExampleCurve, groups: readonly string[]): NetworkResult {
  const fullDepth = curve.depth.at(-1)!;
  return {
    id: curve.id,
    title: curve.title,
    data: curve.data ?? "images",
    architecture: curve.architecture,
    weights: curve.weights,
    recipe: curve.recipe ?? null,
    inPaper: curve.paper !== null,
    gates: curve.paper !== null,
    file: curve.weights === "trained" && !curve.recipe ? `models/${curve.id}.onnx` : null,
    sha256: "0123456789abcdef".repeat(4),
    parameters: 11_689_512,
    fullDepth,
    note: null,
    layers: curve.layers.map((name, at): LayerResult => {
      const results = groups.map((group, g) => exampleGroup(curve, at, group, g));
      return {
        name,
        tensor: `/${name}/output`,
        depth: curve.depth[at]!,
        relativeDepth: curve.depth[at]! / fullDepth,
        units: curve.units[at]!,
        groups: results,
        mean: { twonn_fit: average(results.map((group) => group.estimates.twonn_fit.value)) },
        std: { twonn_fit: curve.spread[at]! },
      };
    }),
    paper: curve.paper,
  };
}

function exampleGroup(curve: ExampleCurve, at: number, group: string, g: number): GroupResult {
  const offset = 0.8 * OFFSETS[g % 7]! + 0.6 * OFFSETS[(g + 3 * at) % 7]!;
  const id = Math.max(2, curve.ids[at]! + curve.spread[at]! * offset);
  const share = Math.min(0.97, Math.max(0.01, curve.hubShare[at]! * (1 - offset / 4)));
  return {
    group,
    n: N,
    duplicates: 0,
    hub: {
      file: `${group}_${1000 + 37 * g + at}.JPEG`,
      nearest_neighbour_of: Math.round(N * share),
      share: Math.round(N * share) / N,
      distinct_nearest_neighbours: Math.round(5 + 260 * (1 - share)),
      skewness: 22 * share,
      twonn_fit_without_it: id * (1 + 0.5 * share),
      twonn_fit_without_top_1_percent: id * (1 + 0.9 * share),
    },
    estimates: exampleEstimates(id, share),
  };
}

function exampleEstimates(id: number, share: number): Estimates {
  const estimate = (factor: number) => ({
    value: id * factor,
    standardError: id * factor / Math.sqrt(N),
  });
  return {
    twonn_fit: estimate(1),
    twonn_fit_i_minus_1: estimate(0.994),
    twonn_mle_unbiased: estimate(1.01),
    twonn_mle_censored_90: estimate(0.99),
    twonn_fit_subsamples: {
      mean: id * 0.99,
      std_population: id * (0.015 + 0.3 * share),
      repeats: 20,
      fraction: 0.9,
    },
    levina_bickel_k20: {
      harmonic: id * 0.62,
      mean: id * 0.66,
      mean_k_minus_2: id * 0.62,
      median: id * 0.65,
    },
    gride: [1, 2, 4, 8, 16, 32].map((n1, scale) => ({
      n1,
      n2: 2 * n1,
      id: id * 0.86 ** scale,
      err: id * 0.86 ** scale / Math.sqrt(N * n1),
      mean_r: 280 + 5 * scale,
    })),
    block_analysis: Array.from({ length: 20 }, (_, b) => ({
      blocks: b + 1,
      points: Math.floor(N / (b + 1)),
      mean: id / (1 + 0.02 * b),
      std_population: b === 0 ? 0 : id * 0.02 * b,
    })),
  };
}

function average(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
