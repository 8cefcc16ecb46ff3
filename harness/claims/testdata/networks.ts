import { randomStream } from "../../base/mod.ts";
import type { ClaimSpec, GroupResult, LayerResult, NetworkResult } from "../../spec/mod.ts";

const GROUPS = 7;

/** A gate with the given threshold. */
export function claim(id: string, threshold: number): ClaimSpec {
  return { id, severity: "gate", threshold, expected: "e", why: "w", source: "s" };
}

/** A group of images whose only estimate is `id`, with hubs that change nothing. */
function group(name: string, id: number): GroupResult {
  const estimate = { value: id, standardError: id / 20 };
  return {
    group: name,
    n: 400,
    duplicates: 0,
    hub: {
      file: "a",
      nearest_neighbour_of: 4,
      share: 0.01,
      distinct_nearest_neighbours: 300,
      skewness: 1,
      twonn_fit_without_it: id,
      twonn_fit_without_top_1_percent: id,
    },
    estimates: {
      twonn_fit: estimate,
      twonn_fit_i_minus_1: estimate,
      twonn_mle_unbiased: estimate,
      twonn_mle_censored_90: estimate,
      twonn_fit_subsamples: { mean: id, std_population: 1, repeats: 20, fraction: 0.9 },
      levina_bickel_k20: null,
      gride: [],
      block_analysis: [],
    },
  };
}

/** A network with the given mean profile, 5 % of noise over groups, one unit of depth a layer. */
export function network(
  id: string,
  profile: readonly number[],
  weights: NetworkResult["weights"] = "trained",
): NetworkResult {
  const random = randomStream(1, id);
  const depth = profile.length - 1;
  const layers = profile.map((value, at): LayerResult => ({
    name: `layer${at}`,
    tensor: `t${at}`,
    depth: at,
    relativeDepth: at / depth,
    units: 10_000,
    groups: Array.from(
      { length: GROUPS },
      (_, g) => group(`g${g}`, value * Math.exp(0.05 * random.normal())),
    ),
    mean: {},
    std: {},
  }));
  return {
    id,
    title: id,
    data: "images",
    recipe: null,
    gates: true,
    architecture: id,
    weights,
    inPaper: true,
    file: null,
    sha256: "0".repeat(64),
    parameters: 1,
    fullDepth: depth,
    note: null,
    layers,
    paper: null,
  };
}
