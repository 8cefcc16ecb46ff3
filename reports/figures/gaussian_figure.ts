/**
 * The ID of a layer and of Gaussian points with its covariance, against the number of points: Figure
 * 5B of the paper.
 *
 * @module
 */
import type { GroupResult, LayerResult, NetworkResult } from "../../harness/spec/mod.ts";
import { overGroups } from "../over_groups.ts";
import { svg } from "./chart.ts";
import { OWN_STYLE, PAPER_STYLE, type SeriesStyle, seriesStyle } from "./palette.ts";
import { type Point, point, seriesMarks } from "./series_marks.ts";

type Size = NonNullable<NonNullable<GroupResult["pca"]>["gaussian_null"]>["sizes"][number];

/** A line of the figure. */
interface GaussianSeries {
  readonly label: string;
  readonly style: SeriesStyle;
  numberOf(group: GroupResult, size: Size): number | null;
}

/** The data and what a flat cloud would give. */
export const GAUSSIAN_SERIES: readonly GaussianSeries[] = [
  {
    label: "data",
    style: OWN_STYLE,
    numberOf: ({ estimates }, { blocks }) =>
      estimates.block_analysis.find((block) => block.blocks === blocks)?.mean ??
        (blocks === 1 ? estimates.twonn_fit.value : null),
  },
  {
    label: "Gaussian points with the covariance of the data",
    style: seriesStyle(2),
    numberOf: (_, { covariance }) => covariance.mean,
  },
  {
    label: "Gaussian points scaled as in the authors' code",
    style: { ...seriesStyle(3), hollow: true, dash: "6 4" },
    numberOf: (_, { legacy }) => legacy.mean,
  },
];

/** Whether every group of a layer has Gaussian points. */
export function hasGaussians({ groups }: LayerResult): boolean {
  return groups.length > 0 && groups.every(({ pca }) => pca?.gaussian_null);
}

/** Mean over groups with their standard deviation, at each number of points. */
export function gaussianFigure(
  network: NetworkResult,
  layer: LayerResult,
  isLastHidden: boolean,
): string {
  const series = GAUSSIAN_SERIES.map((one) => ({ ...one, points: pointsOf(layer, one) }));
  return svg({
    title: `Estimated ID of ${layer.name} of ${network.title} and of Gaussian points`,
    description: series.map(({ label, points }) =>
      `${label}: ${points.map(({ x, y }) => `N = ${x}: ${y.toPrecision(3)}`).join(", ")}`
    ).join("; "),
    options: {
      height: 280,
      marginTop: 12,
      marginLeft: 48,
      marginBottom: 42,
      marginRight: 14,
      x: {
        type: "log",
        label: "number of points N",
        labelAnchor: "center",
        labelArrow: "none",
        ticks: 4,
        tickFormat: "~s",
        inset: 8,
      },
      y: {
        label: "estimated ID",
        labelAnchor: "center",
        labelArrow: "none",
        grid: true,
        zero: true,
        nice: true,
        ticks: 6,
      },
      marks: [
        isLastHidden ? paperLines(network).map((line) => seriesMarks(line, PAPER_STYLE)) : [],
        series.map(({ points, style }) => seriesMarks(points, style)),
      ],
    },
  });
}

function pointsOf(layer: LayerResult, { numberOf }: GaussianSeries): Point[] {
  const sizes = layer.groups[0]?.pca?.gaussian_null?.sizes ?? [];
  return sizes.flatMap(({ blocks, points }) => {
    const spread = overGroups(layer, (group) => {
      const size = group.pca?.gaussian_null?.sizes.find((one) => one.blocks === blocks);
      return size ? numberOf(group, size) : null;
    });
    return spread ? [point(points, spread.mean, spread.std)] : [];
  }).toSorted((a, b) => a.x - b.x);
}

/** The paper's data and its Gaussian points, which have the authors' scaling. */
function paperLines({ paperPca }: NetworkResult): Point[][] {
  const published = paperPca?.gaussian_null;
  if (!published) return [];
  return [published.id, published.legacy].map((values) =>
    published.points.map((n, at) => point(n, values[at]!))
  );
}
