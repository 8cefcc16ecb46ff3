/**
 * Estimated ID, components of PCA and number of units over depth: Figure 5C of the paper.
 *
 * @module
 */
import * as Plot from "@observablehq/plot";
import type { LayerResult, NetworkResult } from "../../harness/spec/mod.ts";
import { type NumberOf, overGroups, twonnFit } from "../over_groups.ts";
import { weightsOrigin } from "../weights_origin.ts";
import { svg } from "./chart.ts";
import { depthAxes } from "./depth_axes.ts";
import { layerNames, layerNamesHeight, layerScale } from "./layer_axis.ts";
import { originStyle, PAPER_STYLE, type SeriesStyle } from "./palette.ts";
import { axisOf, placeOf } from "./profile_points.ts";
import { type Point, point, seriesMarks } from "./series_marks.ts";

/** Components that hold 90 % of the variance. */
export const pcId: NumberOf = ({ pca }) => pca?.n90 ?? null;

/** What is drawn of a network; places in the palette that are not the paper's. */
const DIMENSIONS = [
  { label: "PC-ID, components for 90 % of the variance", numberOf: pcId, place: 2 },
  { label: "estimated ID", numberOf: twonnFit, place: 0 },
] as const;

/** The number of units has no random twin and no bars. */
export const UNITS_STYLE: SeriesStyle = { ...originStyle(6, "trained"), width: 1.3 };

/** The dimensions with their styles, for a legend. */
export const DIMENSION_SERIES = DIMENSIONS.map(({ label, place }) => ({
  label,
  style: originStyle(place, "trained"),
  twin: originStyle(place, "untrained"),
}));

/**
 * All on one logarithmic axis, from the number of units down to the ID.
 *
 * @param twins Networks with random weights, drawn without bars.
 */
export function dimensionFigure(
  network: NetworkResult,
  twins: readonly NetworkResult[],
): string {
  const { layers, title, fullDepth } = network;
  const axis = axisOf(network);
  const names = layers.map(({ name }) => name);
  const place = (at: number) => placeOf(network, at, axis);
  const [horizontal, axes] = axis === "layer"
    ? [{ marginTop: 12, marginBottom: layerNamesHeight(names), x: layerScale(names.length) }, [
      Plot.axisX(layerNames(names)),
    ]]
    : [
      { marginTop: 44, marginBottom: 40, x: { domain: [0, 1], inset: 8 } },
      depthAxes(fullDepth),
    ];
  return svg({
    title: `PC-ID, estimated ID and number of units in ${title}`,
    description: DIMENSIONS.map(({ label, numberOf }) =>
      `${label}: ${
        dimensionPoints(layers, place, numberOf).map(({ y }) => y.toPrecision(3)).join(", ")
      }`
    ).join("; "),
    options: {
      height: 320,
      marginLeft: 60,
      marginRight: 14,
      ...horizontal,
      y: {
        type: "log",
        label: "dimension",
        labelAnchor: "center",
        labelArrow: "none",
        grid: true,
        ticks: 4,
        tickFormat: "~s",
        nice: true,
      },
      marks: [
        axes,
        seriesMarks(layers.map(({ units }, at) => point(place(at), units)), UNITS_STYLE),
        paperMarks(network),
        twins.map((twin) =>
          DIMENSIONS.map(({ numberOf, place: at }) =>
            seriesMarks(
              dimensionPoints(twin.layers, place, numberOf),
              originStyle(at, weightsOrigin(twin)),
              { bars: false },
            )
          )
        ),
        DIMENSIONS.map(({ numberOf, place: at }) =>
          seriesMarks(
            dimensionPoints(layers, place, numberOf),
            originStyle(at, weightsOrigin(network)),
          )
        ),
      ],
    },
  });
}

/** The paper's PC-ID, counted as components, and its ID. */
function paperMarks({ paperPca, layers, fullDepth }: NetworkResult): Plot.Markish[] {
  const profile = paperPca?.profile;
  if (!profile || layers.at(-1)!.depth < fullDepth) return [];
  const { relativeDepth, id, pc_id } = profile;
  return [pc_id.map((index) => index + 1), id].map((values) =>
    seriesMarks(relativeDepth.map((depth, at) => point(depth, values[at]!)), PAPER_STYLE)
  );
}

function dimensionPoints(
  layers: readonly LayerResult[],
  place: (layer: number) => number,
  numberOf: NumberOf,
): Point[] {
  return layers.flatMap((layer, at) => {
    const spread = overGroups(layer, numberOf);
    if (!spread) return [];
    const { low, ...rest } = point(place(at), spread.mean, spread.std);
    // A logarithmic axis has no room for a bar that reaches 0.
    return [{ ...rest, low: Math.max(low, rest.y / 10) }];
  });
}
