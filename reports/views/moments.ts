/**
 * What happens to a profile while its network is trained.
 *
 * @module
 */
import type { NetworkResult } from "../../harness/spec/mod.ts";
import {
  axisOf,
  hasSpread,
  lastHiddenFigure,
  lastHiddenPoints,
  layerFigure,
  meanPoints,
  MOMENT_COLOURS,
  momentAccuracyFigure,
  momentStyle,
  overviewFigure,
  seriesSample,
} from "../figures/mod.ts";
import type { Noun } from "../group_noun.ts";
import { lastHiddenLayer } from "../layer_order.ts";
import type { Moment, MomentSeries } from "../moment_series.ts";
import { count, finePercent, plusMinus } from "./format.ts";

/** The figures of one training. */
export function momentsView({ moments }: MomentSeries, noun: Noun) {
  const { network } = moments.at(-1)!;
  const hidden = lastHiddenLayer(network);
  return {
    architecture: network.architecture,
    layer: hidden === undefined ? "" : network.layers[hidden]!.name,
    lastHidden: hidden === undefined ? null : lastHiddenFigure(network.architecture, moments),
    accuracy: moments.some(({ accuracy }) => accuracy)
      ? momentAccuracyFigure(network.architecture, moments)
      : null,
    bands: bandsText(network, noun),
    course: courseText(moments),
    family: familyView(moments),
  };
}

/** Profiles of a few moments in one chart. */
function familyView(moments: readonly Moment[]) {
  const chosen = spacedOut(moments, MOMENT_COLOURS);
  const styles = chosen.map((_, n) => momentStyle(n, chosen.length));
  const networks = chosen.map(({ network }) => network);
  const [first] = networks as [NetworkResult];
  return {
    figure: axisOf(first) === "layer"
      ? layerFigure(
        "moments of the training",
        first.layers.map(({ name }) => name),
        networks.map((network, n) => ({
          label: network.title,
          points: meanPoints(network, "layer"),
          style: styles[n]!,
        })),
        Math.max(...networks.flatMap((network) => meanPoints(network).map(({ y }) => y))),
      )
      : overviewFigure(networks, "relativeDepth", { styles }),
    legend: chosen.map(({ step, accuracy }, n) => ({
      sample: seriesSample(styles[n]!),
      label: `step ${count(Math.round(step))}${step === 0 ? " (random weights)" : ""}${
        accuracy ? `, test accuracy ${finePercent(accuracy.mean)}` : ""
      }`,
    })),
    chosen: chosen.length,
    all: moments.length,
  };
}

/** At most so many, the first and the last among them. */
function spacedOut(moments: readonly Moment[], most: number): Moment[] {
  const wanted = Math.min(most, moments.length);
  return Array.from(
    { length: wanted },
    (_, n) => moments[Math.round(n * (moments.length - 1) / (wanted - 1))]!,
  );
}

/** First, lowest and last value. */
function courseText(moments: readonly Moment[]): string {
  const points = lastHiddenPoints(moments);
  const lowest = points.toSorted((a, b) => a.y - b.y)[0];
  if (!lowest) return "";
  const at = ({ x, y, high }: typeof lowest) =>
    `${plusMinus(y, high - y)} at step ${count(Math.round(x))}`;
  return `First ${at(points[0]!)}, lowest ${at(lowest)}, last ${at(points.at(-1)!)}.`;
}

function bandsText(network: NetworkResult, noun: Noun): string {
  return hasSpread(network)
    ? `Bands: ± standard deviation over ${noun.many}`
    : `One ${noun.one}; band: ± d/√N`;
}
