/**
 * Every number of every network, layer by layer and group by group.
 *
 * @module
 */
import type { GroupResult, LayerResult, NetworkResult, Result } from "../../harness/spec/mod.ts";
import { groupLabels } from "../group_labels.ts";
import { groupNoun } from "../group_noun.ts";
import { placeInPaper } from "../layer_order.ts";
import { type NumberOf, overGroups, twonnFit } from "../over_groups.ts";
import { count, digits, NONE, percent, plusMinus } from "./format.ts";

/** Estimators of the second table, beside the paper's own. */
const OTHERS: readonly { label: string; numberOf: NumberOf }[] = [
  { label: "F = (i−1)/N", numberOf: ({ estimates }) => estimates.twonn_fit_i_minus_1.value },
  { label: "MLE, unbiased", numberOf: ({ estimates }) => estimates.twonn_mle_unbiased.value },
  {
    label: "MLE, 10 % censored",
    numberOf: ({ estimates }) => estimates.twonn_mle_censored_90.value,
  },
  { label: "90 % subsamples", numberOf: ({ estimates }) => estimates.twonn_fit_subsamples.mean },
  {
    label: "LB harmonic",
    numberOf: ({ estimates }) => estimates.levina_bickel_k20?.harmonic ?? null,
  },
  { label: "LB mean", numberOf: ({ estimates }) => estimates.levina_bickel_k20?.mean ?? null },
  {
    label: "LB mean, k\u00a0−\u00a02",
    numberOf: ({ estimates }) => estimates.levina_bickel_k20?.mean_k_minus_2 ?? null,
  },
  { label: "LB median", numberOf: ({ estimates }) => estimates.levina_bickel_k20?.median ?? null },
];

/** The tables of all networks. */
export function tablesView({ networks, data, samples }: Result) {
  const labels = new Map(data.map(({ id, groups }) => [id, groupLabels(groups)]));
  return {
    samples,
    noun: groupNoun(data),
    otherLabels: OTHERS.map(({ label }) => label),
    networks: networks.map((network) => networkView(network, labels.get(network.data) ?? [])),
  };
}

function networkView(network: NetworkResult, labels: readonly string[]) {
  const { layers } = network;
  const groups = layers[0]?.groups.length ?? 0;
  return {
    title: network.title,
    architecture: network.architecture,
    weights: network.weights,
    parameters: count(network.parameters),
    note: network.note,
    groups,
    several: groups > 1,
    names: layers.map(({ name }) => name),
    layers: layers.map((layer, at) => layerView(layer, at, network)),
    scales: scaleRows(layers),
    rows: layers.flatMap((layer) =>
      layer.groups.map((group, g) => groupView(group, layer.name, labels[g]))
    ),
  };
}

function layerView(layer: LayerResult, place: number, network: NetworkResult) {
  const { paper } = network;
  const at = placeInPaper(network, place);
  const published = paper?.id[at];
  const { groups } = layer;
  return {
    name: layer.name,
    tensor: layer.tensor,
    depth: layer.depth,
    relativeDepth: layer.relativeDepth.toFixed(2),
    units: count(layer.units),
    id: spreadText(layer, twonnFit),
    paper: published === undefined
      ? NONE
      : paper?.std
      ? plusMinus(published, paper.std[at]!)
      : digits(published),
    standardError: errorText(layer, ({ estimates }) => estimates.twonn_fit.standardError),
    subsampleBar: errorText(
      layer,
      ({ estimates }) => estimates.twonn_fit_subsamples.std_population,
    ),
    hubShare: shareText(groups),
    withoutHub: spreadText(layer, ({ hub }) => hub.twonn_fit_without_it),
    withoutHubs: spreadText(layer, ({ hub }) => hub.twonn_fit_without_top_1_percent),
    duplicates: count(groups.reduce((sum, { duplicates }) => sum + duplicates, 0)),
    others: OTHERS.map(({ numberOf }) => spreadText(layer, numberOf)),
  };
}

/** Gride by ranks and block analysis by number of blocks, one row a scale, one cell a layer. */
function scaleRows(layers: readonly LayerResult[]) {
  const [first] = layers[0]?.groups ?? [];
  if (!first) return [];
  const { gride, block_analysis } = first.estimates;
  return [
    ...gride.map(({ n1, n2 }, at) => ({
      label: `Gride, ranks ${n1} and ${n2}`,
      cells: layers.map((layer) =>
        spreadText(layer, ({ estimates }) => estimates.gride[at]?.id ?? null)
      ),
    })),
    ...block_analysis.map(({ blocks, points }, at) => ({
      label: blocks === 1 ? `all ${points} points` : `${blocks} blocks of ${points} points`,
      cells: layers.map((layer) =>
        spreadText(layer, ({ estimates }) => estimates.block_analysis[at]?.mean ?? null)
      ),
    })),
  ];
}

function groupView(group: GroupResult, layer: string, label: string | undefined) {
  const { hub, estimates } = group;
  const subsamples = estimates.twonn_fit_subsamples;
  const withError = ({ value, standardError }: { value: number; standardError: number }) =>
    plusMinus(value, standardError);
  return {
    layer,
    group: label ?? group.group,
    n: count(group.n),
    duplicates: count(group.duplicates),
    id: withError(estimates.twonn_fit),
    subsamples: plusMinus(subsamples.mean, subsamples.std_population),
    offset: withError(estimates.twonn_fit_i_minus_1),
    unbiased: withError(estimates.twonn_mle_unbiased),
    censored: withError(estimates.twonn_mle_censored_90),
    levinaBickel: digits(estimates.levina_bickel_k20?.harmonic),
    file: hub.file,
    hubOf: `${count(hub.nearest_neighbour_of)} of ${count(group.n)}`,
    distinct: count(hub.distinct_nearest_neighbours),
    skewness: digits(hub.skewness),
    withoutHub: digits(hub.twonn_fit_without_it),
    withoutHubs: digits(hub.twonn_fit_without_top_1_percent),
  };
}

/** Mean ± standard deviation over groups; with one group its value alone. */
function spreadText(layer: LayerResult, numberOf: NumberOf): string {
  const spread = overGroups(layer, numberOf);
  if (!spread) return NONE;
  return layer.groups.length > 1 ? plusMinus(spread.mean, spread.std) : digits(spread.mean);
}

/** Mean of an error bar: two significant digits. */
function errorText(layer: LayerResult, numberOf: NumberOf): string {
  return digits(overGroups(layer, numberOf)?.mean, 2);
}

/** Lowest to highest share of the strongest hub. */
function shareText(groups: readonly GroupResult[]): string {
  if (groups.length === 0) return NONE;
  const shares = groups.map(({ hub }) => hub.share);
  const [low, high] = [Math.min(...shares), Math.max(...shares)];
  return groups.length === 1
    ? percent(low)
    : `${percent(low).replace(" %", "")} to ${percent(high)}`;
}
