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
  peakFigure,
  seriesSample,
} from "../figures/mod.ts";
import { groupNoun } from "../group_noun.ts";
import { repeatsDepth } from "../layer_order.ts";
import { momentSeries } from "../moment_series.ts";
import { accuracyView } from "./accuracy.ts";
import { CALIBRATED_DIMENSIONS, CALIBRATION } from "./calibration.ts";
import { hubSurvivalView } from "./hub_survival.ts";
import { linearView } from "./linear.ts";
import { momentsView } from "./moments.ts";
import { layersView, overviewView, panelsView } from "./overview.ts";
import { profilesView } from "./profiles.ts";
import { scaleView } from "./scale.ts";

/** Everything between the verdicts and the trainings. */
export function figuresView(result: Result) {
  const { networks, data, notes } = result;
  const noun = groupNoun(data);
  const series = momentSeries(result);
  // Of a training that is shown moment by moment, only the end stands among the other networks.
  const earlier = new Set(
    series.flatMap(({ moments }) => moments.slice(0, -1).map(({ network }) => network.id)),
  );
  const drawn = networks.filter(({ id, layers }) => layers.length > 0 && !earlier.has(id));
  const top = hubTop(drawn);
  const bars = `the standard deviation over ${noun.many}`;
  return {
    noun,
    overview: overviewView(drawn, bars),
    panels: panelsView(drawn, data, bars),
    layered: layersView(drawn, bars),
    moments: series.map((one) => momentsView(one, noun)),
    accuracy: accuracyView(result),
    scale: scaleView(result),
    peaks: peaksView(drawn),
    spread: drawn.some(hasSpread),
    inOrder: drawn.some(repeatsDepth),
    profiles: profilesView(drawn, noun),
    linear: linearView(drawn, noun),
    hubs: drawn.map((network) => ({
      title: network.title,
      estimates: hubFigure(network, top),
      shares: hubShareFigure(network),
    })),
    hubSurvival: hubSurvivalView(result),
    hubLegend: HUB_SERIES.map(({ label, style }) => ({ label, sample: seriesSample(style) })),
    hasNotes: notes.length > 0,
    dimensions: CALIBRATED_DIMENSIONS,
    calibration: CALIBRATION.map(({ points, estimates }) => ({
      points,
      estimates: estimates.map(([mean, std]) => `${mean.toFixed(1)} ± ${std.toFixed(1)}`),
    })),
  };
}

/** Null where there is nothing to compare, or no depth that tells layers apart. */
function peaksView(networks: readonly NetworkResult[]) {
  const trained = networks.filter(({ weights }) => weights === "trained");
  if (trained.length < 2 || trained.every(repeatsDepth)) return null;
  return {
    absolute: peakFigure(trained, "depth"),
    relative: peakFigure(trained, "relativeDepth"),
    papers: trained.some(({ paper }) => paper),
  };
}
