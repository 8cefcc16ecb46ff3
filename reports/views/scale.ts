/**
 * How estimates move with the number of points they are made from.
 *
 * @module
 */
import type { NetworkResult, Result } from "../../harness/spec/mod.ts";
import { layerFigure, momentStyle, scaleFigure, scaleRange, seriesSample } from "../figures/mod.ts";
import { point } from "../figures/series_marks.ts";
import { blockSeries, grideSeries, hasBlocks, publishedScaleSeries } from "../scale_series.ts";
import { count, digits } from "./format.ts";

/** The claim that asks for these figures. */
const CLAIM = "scale.stable";

/** Numbers of blocks whose profiles are drawn. */
const PROFILES = [1, 2, 5, 10, 20];

/** Null where the run does not ask how stable the estimate is. */
export function scaleView({ claims, networks }: Result) {
  const shown = networks.filter((network) => network.weights === "trained" && hasBlocks(network));
  if (shown.length === 0 || !claims.some(({ id }) => id === CLAIM)) return null;
  const published = publishedScaleSeries();
  return {
    paper: scaleFigure(
      "The paper's Figure 2B: estimated ID against the number of points",
      "points in a block",
      published,
      scaleRange(published),
    ),
    networks: shown.map(networkView),
  };
}

function networkView(network: NetworkResult) {
  const blocks = blockSeries(network);
  const gride = grideSeries(network);
  const range = scaleRange([...blocks, ...gride]);
  return {
    title: network.title,
    blocks: scaleFigure(
      `Estimated ID of ${network.title} against the number of points`,
      "points in a block",
      blocks,
      range,
    ),
    gride: scaleFigure(
      `Estimated ID of ${network.title} by Gride against N / n1`,
      "N / n1: points over rank of the nearer neighbour",
      gride,
      range,
    ),
    profiles: profilesView(network),
  };
}

/** The profile over depth from ever fewer points. */
function profilesView(network: NetworkResult) {
  const series = blockSeries(network);
  const sizes = network.layers[0]!.groups[0]!.estimates.block_analysis
    .flatMap(({ blocks }, at) => PROFILES.includes(blocks) ? [at] : []);
  const lines = sizes.map((size, n) => {
    const points = series.map((layer, at) => {
      const { id, std } = layer.points[size]!;
      return point(at, id, std);
    });
    const highest = points.reduce((a, b) => b.y > a.y ? b : a);
    return {
      label: `N = ${count(series[0]!.points[size]!.points)}`,
      style: momentStyle(n, sizes.length),
      points,
      peak: `${network.layers[highest.x]!.name}, ${digits(highest.y)}`,
    };
  });
  return {
    figure: layerFigure(
      "blocks of different size",
      network.layers.map(({ name }) => name),
      lines,
      Math.max(...lines.flatMap(({ points }) => points.map(({ high }) => high))),
    ),
    legend: lines.map(({ label, style }) => ({ label, sample: seriesSample(style) })),
    peaks: lines.map(({ label, peak }) => `${peak} with ${label}`).join("; "),
  };
}
