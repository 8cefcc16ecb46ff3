/**
 * All networks together: against depth, one panel a data set, or layer by layer beside the paper.
 *
 * @module
 */
import type { NetworkResult, Result } from "../../harness/spec/mod.ts";
import {
  hasSpread,
  layerFigure,
  meanPoints,
  MOST_WITH_BARS,
  networkStyles,
  overviewFigure,
  paperPoints,
  profileTop,
  seriesSample,
} from "../figures/mod.ts";
import { repeatsDepth } from "../layer_order.ts";
import { ORIGIN_TEXTS, weightsOrigin } from "../weights_origin.ts";
import { besidePaper } from "./beside_paper.ts";

/** An entry of a legend. */
interface LegendEntry {
  readonly sample: string;
  readonly label: string;
}

/** One line a network against absolute and relative depth; null where panels or layers show them. */
export function overviewView(networks: readonly NetworkResult[], bars: string) {
  if (networks.length < 2 || dataSets(networks).length > 1 || isAllLayered(networks)) return null;
  return {
    absolute: overviewFigure(networks, "depth"),
    relative: overviewFigure(networks, "relativeDepth"),
    bars: barsText(networks, networks.length <= MOST_WITH_BARS, bars),
    lines: linesText(networks),
    legend: networkStyles(networks).map((style, n) => ({
      sample: seriesSample(style),
      label: networks[n]!.title,
    })),
  };
}

/** Against relative depth, one panel a data set; null with one data set. */
export function panelsView(
  networks: readonly NetworkResult[],
  data: Result["data"],
  bars: string,
) {
  const sets = dataSets(networks);
  if (sets.length < 2 || isAllLayered(networks)) return null;
  const styles = networkStyles(networks, true);
  const top = profileTop(networks);
  const panels = sets.map((id) => {
    const members = networks.flatMap((network, n) => network.data === id ? [n] : []);
    return {
      title: data.find((set) => set.id === id)?.title ?? id,
      figure: overviewFigure(members.map((n) => networks[n]!), "relativeDepth", {
        top,
        styles: members.map((n) => styles[n]!),
        bands: true,
      }),
    };
  });
  return {
    panels,
    bars: `bands are ${barText(networks, bars)}`,
    lines: linesText(networks),
    legend: panelLegend(networks),
  };
}

/** Layer by layer, one part an architecture of which several networks have layers that share a depth. */
export function layersView(networks: readonly NetworkResult[], bars: string) {
  return layeredFamilies(networks).map((family) => {
    const styles = networkStyles(family);
    const names = family[0]!.layers.map(({ name }) => name);
    const series = (pointsOf: (network: NetworkResult) => ReturnType<typeof meanPoints>) =>
      family.map((network, n) => ({
        label: network.title,
        points: pointsOf(network),
        style: styles[n]!,
      })).filter(({ points }) => points.length > 0);
    const own = series((network) => meanPoints(network, "layer"));
    const published = series((network) => paperPoints(network, "layer"));
    const top = Math.max(
      ...[...own, ...published].flatMap(({ points }) => points.map(({ high }) => high)),
    );
    const sources = new Set(family.flatMap(({ paper }) => paper ? [paper.source] : []));
    return {
      architecture: family[0]!.architecture,
      own: layerFigure("this run", names, own, top),
      paper: published.length > 0 ? layerFigure("the paper", names, published, top) : null,
      sources: [...sources].join("; "),
      names,
      differences: besidePaper(family),
      bars: family.length <= MOST_WITH_BARS ? `Bars of this run: ${barText(family, bars)}.` : "",
      lines: linesText(family),
      legend: styles.map((style, n) => ({
        sample: seriesSample(style),
        label: family[n]!.title,
      })),
    };
  });
}

/** Networks of one architecture with the same layers, some of which share a depth. */
function layeredFamilies(networks: readonly NetworkResult[]): NetworkResult[][] {
  const families = Map.groupBy(
    networks.filter(repeatsDepth),
    ({ architecture, layers }) => JSON.stringify([architecture, ...layers.map(({ name }) => name)]),
  );
  return [...families.values()].filter((family) => family.length > 1);
}

/** Whether a chart against depth would only repeat, less clearly, the charts layer by layer. */
function isAllLayered(networks: readonly NetworkResult[]): boolean {
  return layeredFamilies(networks).flat().length === networks.length;
}

function dataSets(networks: readonly NetworkResult[]): string[] {
  return [...new Set(networks.map(({ data }) => data))];
}

/** Architecture and origin of the weights of each style, with the networks where these are the same. */
function panelLegend(networks: readonly NetworkResult[]): LegendEntry[] {
  const styles = networkStyles(networks, true).map((style) => JSON.stringify(style));
  const entries = [...Map.groupBy(networks, (_, n) => styles[n]!)].map(([style, members]) => {
    const { architecture } = members[0]!;
    return {
      sample: seriesSample(JSON.parse(style)),
      kind: `${architecture}, ${ORIGIN_TEXTS[weightsOrigin(members[0]!)]}`,
      titles: members.map(({ title }) => title).join(", "),
    };
  });
  return entries.map(({ sample, kind, titles }) => {
    const alike = entries.filter((other) => other.kind === kind).length;
    return { sample, label: alike > 1 ? `${kind}: ${titles}` : kind };
  });
}

function barsText(networks: readonly NetworkResult[], drawn: boolean, bars: string): string {
  if (!drawn) return "without error bars";
  return `bars are ${
    barText(networks, bars)
  }, moved apart a little where they would cover each other`;
}

function barText(networks: readonly NetworkResult[], bars: string): string {
  return networks.some(hasSpread) ? bars : "± d/√N";
}

/** How random weights are drawn, where there are any. */
function linesText(networks: readonly NetworkResult[]): string {
  const origins = new Set(networks.map(weightsOrigin));
  if (origins.has("calibrated")) {
    return "Open markers: random weights; dotted where batch normalisation has the statistics of " +
      "the data, dashed where it has its initial ones.";
  }
  return origins.has("untrained") ? "Open markers and thin dashed lines: random weights." : "";
}
