/**
 * hunch.hub-robust: the hump is not the work of a few images that are nearest neighbours of almost
 * everybody. Not examined in the paper; added by this project.
 *
 * @module
 */
import { mean } from "../stats/mod.ts";
import { checkRatios, type ClaimCheck, digits } from "./claim.ts";
import {
  curvesOf,
  indexOfMaximum,
  innerLayers,
  meanCurve,
  peakOver,
  withoutHubs,
} from "./profile_curves.ts";

/** One result a trained network. */
export const hubRobust: ClaimCheck = (spec, networks) =>
  networks.filter(({ weights }) => weights === "trained").map((network) => {
    const without = curvesOf(network, withoutHubs);
    const ratios = peakOver(without, innerLayers(network), 0);
    const withHubs = meanCurve(curvesOf(network));
    const peak = indexOfMaximum(withHubs);
    const layer = network.layers[peak]!;
    const share = mean(layer.groups.map(({ hub }) => hub.share));
    const least = Math.min(...layer.groups.map(({ hub }) => hub.share));
    const most = Math.max(...layer.groups.map(({ hub }) => hub.share));
    return {
      // A group without the estimate gives no ratio.
      ...checkRatios(ratios.filter(Number.isFinite), { min: spec.threshold }),
      id: spec.id,
      title: "The hump is not the work of a few hub images",
      subject: network.title,
      severity: spec.severity,
      statistic: "Peak / input of the ID estimated without the strongest 1 % of hubs; geometric " +
        "mean over groups",
      expected: spec.expected,
      tolerance: `at least ${spec.threshold}: ${spec.why}`,
      refutedBy: `A ratio whose whole interval lies below ${spec.threshold}`,
      explanation: `At "${layer.name}" one image is the nearest neighbour of ` +
        `${digits(100 * share)} % of the others on average (${digits(100 * least)} to ` +
        `${digits(100 * most)} % by group); the mean ID there is ${digits(withHubs[peak]!)} with ` +
        `the hubs and ${digits(meanCurve(without)[peak]!)} without.`,
      source: spec.source,
    };
  });
