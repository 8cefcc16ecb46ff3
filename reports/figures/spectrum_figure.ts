/**
 * Eigenvalue spectra of the correlation matrices of a network's layers: Figure 5A of the paper.
 *
 * @module
 */
import type { LayerResult, NetworkResult } from "../../harness/spec/mod.ts";
import { lastHiddenLayer } from "../layer_order.ts";
import { average, overGroups } from "../over_groups.ts";
import { svg } from "./chart.ts";
import { pcId } from "./dimension_figure.ts";
import { momentStyle, PAPER_STYLE } from "./palette.ts";
import { type Point, point, seriesMarks } from "./series_marks.ts";

/** Shares of the variance below this are not drawn. */
const SMALLEST_SHARE = 1e-6;

/** Share of the variance against rank, one line a layer, both axes logarithmic. */
export function spectrumFigure(network: NetworkResult): string {
  const { title, layers } = network;
  const spectra = layers.map(spectrumPoints);
  const paper = paperSpectrum(network);
  const powers = powersAround([...spectra.flat(), ...paper]);
  return svg({
    title: `Spectra of the layers of ${title}`,
    description: layers.map(({ name }, at) =>
      `${name}: first component ${
        (100 * (spectra[at]![0]?.y ?? 0)).toPrecision(2)
      } % of the variance`
    ).join("; "),
    options: {
      height: 300,
      marginTop: 12,
      marginLeft: 72,
      marginBottom: 42,
      marginRight: 14,
      x: {
        type: "log",
        label: "rank of the component",
        labelAnchor: "center",
        labelArrow: "none",
        ticks: 4,
        tickFormat: "~s",
      },
      y: {
        type: "log",
        label: "share of the variance",
        labelAnchor: "center",
        labelArrow: "none",
        grid: true,
        domain: [powers.at(-1)!, powers[0]!],
        ticks: powers,
        tickFormat: (share: number) => `${Number((100 * share).toPrecision(1))} %`,
      },
      marks: [
        seriesMarks(paper, PAPER_STYLE),
        layers.map((layer, at) => {
          const style = momentStyle(at, layers.length);
          return [
            seriesMarks(spectra[at]!, { ...style, width: 1.5 }, { markers: false }),
            seriesMarks(componentMark(layer, spectra[at]!), style, { line: false }),
          ];
        }),
      ],
    },
  });
}

/** 1, 0.1, 0.01 ... as far as they enclose the points. */
function powersAround(points: readonly Point[]): number[] {
  const smallest = Math.min(0.1, ...points.map(({ y }) => y));
  return Array.from({ length: Math.ceil(-Math.log10(smallest)) + 1 }, (_, power) => 10 ** -power);
}

/** Mean share of the variance over groups, at the ranks that all of them have. */
function spectrumPoints({ groups }: LayerResult): Point[] {
  const shares = groups.flatMap(({ pca }) => {
    if (!pca) return [];
    const { rank, value, sum } = pca.eigenvalues;
    return [new Map(rank.map((at, n) => [at, value[n]! / sum]))];
  });
  return [...(shares[0]?.keys() ?? [])].flatMap((rank) => {
    const values = shares.flatMap((share) => share.get(rank) ?? []);
    const y = values.length === groups.length ? average(values) : 0;
    return y >= SMALLEST_SHARE ? [point(rank, y)] : [];
  });
}

/** A marker on the curve where the components hold 90 % of the variance. */
function componentMark(layer: LayerResult, curve: readonly Point[]): Point[] {
  const x = overGroups(layer, pcId)?.mean;
  if (x === undefined) return [];
  const next = curve.findIndex((known) => known.x >= x);
  const high = curve[next];
  if (!high) return [];
  const low = curve[next - 1] ?? high;
  const share = high.x > low.x ? Math.log(x / low.x) / Math.log(high.x / low.x) : 0;
  return [point(x, low.y ** (1 - share) * high.y ** share)];
}

/** Eigenvalue over their sum: the paper's singular values are of standardised features. */
function paperSpectrum(network: NetworkResult): Point[] {
  const spectrum = network.paperPca?.spectrum;
  const units = network.layers[lastHiddenLayer(network) ?? -1]?.units;
  if (!spectrum || units === undefined) return [];
  const { points, rank, singular_value } = spectrum;
  return rank.map((at, n) => point(at, singular_value[n]! ** 2 / (points * units)));
}
