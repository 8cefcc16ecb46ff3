/**
 * Every estimate of a result as one table, a row for each group of images at each layer.
 *
 * @module
 */
import type { GroupResult, Result } from "../../harness/spec/mod.ts";
import { type Cell, csv } from "./csv.ts";

/** Names are those of `result.json`. */
const COLUMNS: Readonly<Record<string, (group: GroupResult) => Cell>> = {
  n: ({ n }) => n,
  duplicates: ({ duplicates }) => duplicates,
  twonn_fit: ({ estimates }) => estimates.twonn_fit.value,
  twonn_fit_standard_error: ({ estimates }) => estimates.twonn_fit.standardError,
  twonn_fit_subsamples_mean: ({ estimates }) => estimates.twonn_fit_subsamples.mean,
  twonn_fit_subsamples_std: ({ estimates }) => estimates.twonn_fit_subsamples.std_population,
  twonn_fit_i_minus_1: ({ estimates }) => estimates.twonn_fit_i_minus_1.value,
  twonn_mle_unbiased: ({ estimates }) => estimates.twonn_mle_unbiased.value,
  twonn_mle_censored_90: ({ estimates }) => estimates.twonn_mle_censored_90.value,
  levina_bickel_k20_harmonic: ({ estimates }) => estimates.levina_bickel_k20?.harmonic ?? null,
  hub_share: ({ hub }) => hub.share,
  twonn_fit_without_hub: ({ hub }) => hub.twonn_fit_without_it,
  twonn_fit_without_top_1_percent: ({ hub }) => hub.twonn_fit_without_top_1_percent,
  pca_n90: ({ pca }) => pca?.n90 ?? null,
  pca_participation_ratio: ({ pca }) => pca?.participation_ratio ?? null,
};

/** The table as text. */
export function profileTable({ networks }: Result): string {
  const header = ["network", "weights", "data", "layer", "depth", "relative_depth", "units"];
  return csv(
    [...header, "group", ...Object.keys(COLUMNS)],
    networks.flatMap(({ id, weights, data, layers }) =>
      layers.flatMap(({ name, depth, relativeDepth, units, groups }) =>
        groups.map((group) => [
          ...[id, weights, data, name, depth, relativeDepth, units, group.group],
          ...Object.values(COLUMNS).map((numberOf) => numberOf(group)),
        ])
      )
    ),
  );
}
