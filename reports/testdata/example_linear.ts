/**
 * Invented linear dimensions for the tests of reports. No number in them was measured, but those of the
 * paper's Figure 5, of which a few are here.
 *
 * @module
 */
import type {
  GroupResult,
  LayerResult,
  NetworkResult,
  PaperPca,
  PcaResult,
  Result,
} from "../../harness/spec/mod.ts";
import { objectsExampleResult } from "./example_objects.ts";
import { exampleResult } from "./example_result.ts";

/** Ranks of the spectra, as far as there are so many components. */
const RANKS = [1, 2, 3, 5, 8, 13, 20, 32, 50, 79, 126, 200, 316, 499];

const PAPER: PaperPca = {
  source: "Ansuini et al. 2019, arXiv 1905.12784v2, Figure 5",
  spectrum: {
    points: 2016,
    rank: [1, 10, 100, 500],
    singular_value: [456.5, 305.5, 124.4, 53.3],
  },
  profile: {
    points: 500,
    relativeDepth: [0, 0.412, 0.765, 1],
    id: [31.8, 116.5, 34.6, 15.9],
    pc_id: [195, 412, 379, 33],
  },
  gaussian_null: { points: [500, 2000, 9500], id: [17.1, 17, 20.9], legacy: [95.1, 193.8, 288.7] },
};

/** A network and its twin, on replicates. */
export function linearExampleResult(): Result {
  const result = objectsExampleResult();
  const networks = result.networks
    .filter(({ architecture, data }) => architecture === "vgg_objects" && data === "veiled");
  return { ...result, data: result.data.slice(0, 1), networks: networks.map(withLinear) };
}

/** A network of the paper's Figure 5, one that has only a spectrum there, and one that is not in it. */
export function paperLinearExampleResult(): Result {
  const result = exampleResult();
  const networks = result.networks.map(withLinear).map((network) => {
    if (network.id === "vgg16") return { ...network, paperPca: PAPER };
    return network.id === "resnet18"
      ? { ...network, paperPca: { ...PAPER, profile: null, gaussian_null: null } }
      : network;
  });
  return { ...result, networks };
}

/** The network with linear dimensions at each layer and Gaussian points at the last hidden one. */
export function withLinear(network: NetworkResult): NetworkResult {
  const last = network.layers.length - 2;
  return {
    ...network,
    layers: network.layers.map((layer, at) => ({
      ...layer,
      groups: layer.groups.map((group) => ({
        ...group,
        pca: linearOf(layer, group, at === last),
      })),
    })),
  };
}

function linearOf(
  { units }: LayerResult,
  { n, estimates }: GroupResult,
  nulls: boolean,
): PcaResult {
  const id = estimates.twonn_fit.value;
  const most = Math.min(n - 1, units);
  const n90 = Math.min(most, Math.round(5 * id));
  const rank = [...new Set([...RANKS.filter((at) => at < most), most])];
  const over = (mean: number) => ({ mean, std_population: 0.02 * mean });
  return {
    points: n,
    features: units,
    constant_features: 0,
    n90,
    ansuini_pc_id: n90 - 1,
    participation_ratio: n90 / 3,
    participation_ratio_corrected: nulls ? null : n90 / 2.5,
    gap: { rank: 1, ratio: 1.5 },
    eigenvalue_error: 1e-6,
    eigenvalues: {
      count: most,
      sum: units,
      rank,
      value: rank.map((at) => 0.2 * units * at ** -1.2),
    },
    gaussian_null: nulls
      ? {
        twonn_fit_standardised: 1.1 * id,
        repeats: 5,
        sizes: [1, 2, 4].map((blocks) => ({
          blocks,
          points: Math.floor(n / blocks),
          covariance: over(2.6 * id / blocks ** 0.1),
          legacy: over(5 * id / blocks ** 0.2),
        })),
      }
      : null,
  };
}
