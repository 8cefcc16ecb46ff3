/**
 * PCA beside the estimated ID: dimensions over depth, spectra, Gaussian points, numbers.
 *
 * @module
 */
import type { GroupResult, LayerResult, NetworkResult } from "../../harness/spec/mod.ts";
import {
  DIMENSION_SERIES,
  dimensionFigure,
  GAUSSIAN_SERIES,
  gaussianFigure,
  hasGaussians,
  momentStyle,
  PAPER_STYLE,
  pcId,
  seriesSample,
  spectrumFigure,
  UNITS_STYLE,
} from "../figures/mod.ts";
import type { Noun } from "../group_noun.ts";
import { lastHiddenLayer } from "../layer_order.ts";
import { type NumberOf, overGroups } from "../over_groups.ts";
import { count, digits, NONE, plusMinus } from "./format.ts";
import { twinsOf } from "./profiles.ts";

/** Null where no network has linear dimensions. */
export function linearView(all: readonly NetworkResult[], noun: Noun) {
  const networks = all.filter(({ layers }) =>
    layers.every(({ groups }) => groups.length > 0 && groups.every(({ pca }) => pca))
  );
  if (networks.length === 0) return null;
  const beside = new Set(networks.flatMap((network) => twinsOf(network, networks)));
  const paper = { sample: seriesSample(PAPER_STYLE), label: "paper" };
  const profiled = networks.some(({ paperPca }) => paperPca?.profile);
  return {
    noun,
    most: count(Math.max(...networks.flatMap(({ layers }) => layers.flatMap(pointsOf))) - 1),
    legend: [
      { sample: seriesSample(UNITS_STYLE), label: "number of units" },
      ...DIMENSION_SERIES.map(({ label, style }) => ({ sample: seriesSample(style), label })),
      ...(beside.size > 0
        ? DIMENSION_SERIES.map(({ twin, label }) => ({
          sample: seriesSample(twin),
          label: `${label.replace(/,.*/, "")}, random weights`,
        }))
        : []),
      ...(profiled ? [{ ...paper, label: "paper, Figure 5C: PC-ID above, ID below" }] : []),
    ],
    dimensions: networks.filter((network) => !beside.has(network)).map((network) => ({
      title: network.title,
      figure: dimensionFigure(network, twinsOf(network, networks)),
    })),
    spectra: networks.map((network) => ({
      title: network.title,
      figure: spectrumFigure(network),
      legend: [
        ...network.layers.map(({ name }, at) => ({
          sample: seriesSample(momentStyle(at, network.layers.length)),
          label: name,
        })),
        ...(network.paperPca?.spectrum
          ? [{ ...paper, label: "paper, Figure 5A: last hidden layer, N = 2016" }]
          : []),
      ],
    })),
    gaussianLegend: [
      ...GAUSSIAN_SERIES.map(({ label, style }) => ({ sample: seriesSample(style), label })),
      ...(networks.some(({ paperPca }) => paperPca?.gaussian_null)
        ? [{ ...paper, label: "paper, Figure 5B: the authors' Gaussian points above, data below" }]
        : []),
    ],
    gaussians: networks.flatMap(gaussiansOf),
    tables: networks.map((network) => ({
      title: network.title,
      rows: network.layers.map(rowOf),
    })),
  };
}

function gaussiansOf(network: NetworkResult) {
  const last = network.layers[lastHiddenLayer(network) ?? -1];
  return network.layers.filter(hasGaussians).map((layer) => ({
    title: `${network.title}, ${layer.name}`,
    figure: gaussianFigure(network, layer, layer === last),
    standardised: spreadText(layer, ({ pca }) => pca!.gaussian_null!.twonn_fit_standardised),
  }));
}

function rowOf(layer: LayerResult) {
  const gaps = layer.groups.flatMap(({ pca }) => pca?.gap ?? []);
  return {
    name: layer.name,
    units: count(layer.units),
    components: spreadText(layer, pcId),
    theirs: spreadText(layer, ({ pca }) => pca!.ansuini_pc_id),
    overId: spreadText(layer, ({ pca, estimates }) => pca!.n90 / estimates.twonn_fit.value),
    ratio: spreadText(layer, ({ pca }) => pca!.participation_ratio),
    corrected: spreadText(layer, ({ pca }) => pca!.participation_ratio_corrected),
    gap: spreadText(layer, ({ pca }) => pca!.gap?.ratio ?? null),
    gapAfter: [...new Set(gaps.map(({ rank }) => rank))].join(", ") || NONE,
    constant: rangeText(layer.groups.map(({ pca }) => pca!.constant_features)),
  };
}

function spreadText(layer: LayerResult, numberOf: NumberOf): string {
  const spread = overGroups(layer, numberOf);
  if (!spread) return NONE;
  return layer.groups.length > 1 ? plusMinus(spread.mean, spread.std) : digits(spread.mean);
}

function rangeText(values: readonly number[]): string {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  return low === high ? count(low) : `${count(low)} to ${count(high)}`;
}

function pointsOf({ groups }: LayerResult): number[] {
  return groups.map(({ pca }: GroupResult) => pca!.points);
}
