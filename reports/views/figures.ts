/**
 * The figures of a report with their legends and captions.
 *
 * @module
 */
import type { NetworkResult, Result } from "../../harness/spec/mod.ts";
import {
  hasSpread,
  HUB_SERIES,
  hubFigure,
  hubShareFigure,
  hubTop,
  MOST_WITH_BARS,
  networkStyles,
  overviewFigure,
  ownStyle,
  PAPER_STYLE,
  peakFigure,
  profileFigure,
  profileTop,
  seriesSample,
  TWIN_STYLE,
} from "../figures/mod.ts";
import { highestLayer, idAt } from "../over_groups.ts";
import { CALIBRATED_DIMENSIONS, CALIBRATION } from "./calibration.ts";
import { digits, plusMinus } from "./format.ts";

/** Everything between the verdicts and the tables. */
export function figuresView({ networks, notes }: Result) {
  const drawn = networks.filter(({ layers }) => layers.length > 0);
  const trained = drawn.filter(({ weights }) => weights === "trained");
  return {
    overview: drawn.length > 1
      ? {
        absolute: overviewFigure(drawn, "depth"),
        relative: overviewFigure(drawn, "relativeDepth"),
        bars: drawn.length <= MOST_WITH_BARS ? barsText(drawn) : "without error bars",
        legend: networkStyles(drawn).map((style, n) => ({
          sample: seriesSample(style),
          label: drawn[n]!.title,
        })),
      }
      : null,
    peaks: trained.length > 1
      ? { absolute: peakFigure(trained, "depth"), relative: peakFigure(trained, "relativeDepth") }
      : null,
    spread: drawn.some(hasSpread),
    profiles: drawn.map((network) =>
      profileView(network, twinsOf(network, drawn), profileTop(drawn))
    ),
    hubs: drawn.map((network) => ({
      title: network.title,
      estimates: hubFigure(network, hubTop(drawn)),
      shares: hubShareFigure(network),
    })),
    hubLegend: HUB_SERIES.map(({ label, style }) => ({ label, sample: seriesSample(style) })),
    hasNotes: notes.length > 0,
    dimensions: CALIBRATED_DIMENSIONS,
    calibration: CALIBRATION.map(({ points, estimates }) => ({
      points,
      estimates: estimates.map(([mean, std]) => `${mean.toFixed(1)} ± ${std.toFixed(1)}`),
    })),
  };
}

function barsText(networks: readonly NetworkResult[]): string {
  const bars = networks.some(hasSpread) ? "the standard deviation over groups" : "± d/√N";
  return `bars are ${bars}, moved apart a little where they would cover each other`;
}

function profileView(network: NetworkResult, twins: readonly NetworkResult[], top: number) {
  const { title, paper } = network;
  const spread = hasSpread(network);
  return {
    title,
    figure: profileFigure(network, twins, top),
    highest: highestText(network),
    legend: [
      {
        sample: seriesSample(ownStyle(network)),
        label: spread
          ? "this run, mean ± standard deviation over groups"
          : "this run, one group of images, ± d/√N",
      },
      ...(paper
        ? [{
          sample: seriesSample(PAPER_STYLE),
          label: `paper${
            paper.std ? ", band: its standard deviation over classes" : ""
          } (${paper.source})`,
        }]
        : []),
      ...twins.map((twin) => ({ sample: seriesSample(TWIN_STYLE), label: twin.title })),
    ],
    inPaper: paper !== null,
  };
}

function highestText({ layers, paper }: NetworkResult): string {
  const layer = layers[highestLayer(layers)];
  const id = layer && idAt(layer);
  if (!layer || !id) return "";
  const own = `Highest at ${layer.name}: ${plusMinus(id.mean, id.std)}, relative depth ${
    layer.relativeDepth.toFixed(2)
  }`;
  const top = paper ? Math.max(...paper.id) : 0;
  return paper
    ? `${own}; in the paper ${digits(top)} at ${
      paper.relativeDepth[paper.id.indexOf(top)]!.toFixed(2)
    }.`
    : `${own}.`;
}

/** Networks of the same architecture with random weights, beside a trained one. */
function twinsOf(network: NetworkResult, networks: readonly NetworkResult[]): NetworkResult[] {
  return network.weights === "trained"
    ? networks.filter(({ architecture, weights }) =>
      weights === "untrained" && architecture === network.architecture
    )
    : [];
}
