/**
 * scale.stable: the estimate hardly depends on how many points it is made from (Ansuini et al. 2019,
 * section 2.2 and Figure 2B; block analysis of Facco et al. 2017).
 *
 * @module
 */
import curves from "../../experiments/reference/paper_curves.json" with { type: "json" };
import {
  equivalenceTest,
  logLogSlope,
  mean,
  studentInterval,
  verdictFromInterval,
} from "../stats/mod.ts";
import type { ClaimResult, ClaimSpec, GroupResult, NetworkResult } from "../spec/mod.ts";
import { type ClaimCheck, digits, FEWEST_GROUPS, LEVEL, severityFor } from "./claim.ts";

/** Layers from the output backwards that Figure 2B shows; the others never gate. */
const SHOWN_LAYERS = 4;

/** Block sizes that a slope needs at the least. */
const FEWEST_SIZES = 3;

/** One result a layer of each trained network. */
export const scaleStable: ClaimCheck = (spec, networks) =>
  networks.filter(({ weights }) => weights === "trained").flatMap((network) =>
    network.layers.map((_, layer) => ofLayer(spec, network, layer))
  );

function ofLayer(spec: ClaimSpec, network: NetworkResult, at: number): ClaimResult {
  const layer = network.layers[at]!;
  const isShown = at >= network.layers.length - SHOWN_LAYERS;
  return {
    ...checked(spec, layer.groups),
    id: spec.id,
    title: "The estimate is stable under decimation",
    subject: `${network.title}: ${layer.name}`,
    severity: isShown ? severityFor(spec, network) : "info",
    statistic: "Slope of log ID against log N over the sizes of random blocks; mean over groups",
    expected: `${spec.expected} By the same regression: ${published()}`,
    tolerance: `between -${spec.threshold} and ${spec.threshold}: ${spec.why}`,
    refutedBy: `A slope whose whole interval lies outside`,
    explanation: explained(layer.groups),
    source: spec.source,
  };
}

function checked(
  { threshold }: ClaimSpec,
  groups: readonly GroupResult[],
): Pick<ClaimResult, "estimate" | "interval" | "level" | "test" | "pValue" | "verdict"> {
  const slopes = groups.flatMap((group) => slopeOf(group) ?? []);
  if (slopes.length < FEWEST_GROUPS) {
    return {
      estimate: null,
      interval: null,
      level: null,
      test:
        `none: ${slopes.length} groups of images with ${FEWEST_SIZES} sizes of blocks, at least ` +
        `${FEWEST_GROUPS} wanted`,
      pValue: null,
      verdict: "inconclusive",
    };
  }
  const region = { min: -threshold, max: threshold };
  const interval = studentInterval(slopes, LEVEL);
  return {
    estimate: mean(slopes),
    interval: [...interval],
    level: LEVEL,
    test: `two one-sided t tests of the slopes of ${slopes.length} groups against the edges`,
    pValue: equivalenceTest(slopes, region),
    verdict: verdictFromInterval(interval, region),
  };
}

/** Undefined where there are too few sizes or an estimate is no positive number. */
function slopeOf({ estimates }: GroupResult): number | undefined {
  const sizes = estimates.block_analysis;
  if (sizes.length < FEWEST_SIZES || sizes.some((size) => !(size.mean > 0))) return undefined;
  return logLogSlope(sizes.map(({ points, mean: id }) => ({ x: points, y: id })));
}

/** The estimate at the largest and the smallest number of points, and over the scales of Gride. */
function explained(groups: readonly GroupResult[]): string {
  const [first] = groups;
  const sizes = first?.estimates.block_analysis ?? [];
  const scales = first?.estimates.gride ?? [];
  const over = (of: (group: GroupResult) => number | undefined) => {
    const known = groups.map(of).filter((value) => value !== undefined);
    return known.length > 0 ? digits(mean(known)) : "none";
  };
  const blocks = [sizes[0], sizes.at(-1)].flatMap((size) =>
    size ? [`${over((group) => block(group, size.blocks))} from ${size.points} points`] : []
  );
  const ranks = [scales[0], scales.at(-1)].flatMap((scale) =>
    scale
      ? [`${over((group) => gride(group, scale.n1))} with ranks ${scale.n1} and ${scale.n2}`]
      : []
  );
  return `ID ${blocks.join(", ") || "of no blocks"}; Gride on all points ${
    ranks.join(", ") || "at no scale"
  }.`;
}

function block({ estimates }: GroupResult, blocks: number): number | undefined {
  return estimates.block_analysis.find((size) => size.blocks === blocks)?.mean;
}

function gride({ estimates }: GroupResult, n1: number): number | undefined {
  return estimates.gride.find((scale) => scale.n1 === n1)?.id;
}

/** The slopes of Figure 2B. */
export function publishedSlopes(): { readonly layer: string; readonly slope: number }[] {
  const { n_points, ...layers } = curves.fig2B;
  return Object.entries(layers).map(([layer, { ID }]) => ({
    layer,
    slope: logLogSlope(n_points.map((x, at) => ({ x, y: ID[at]! }))),
  }));
}

function published(): string {
  return `${publishedSlopes().map(({ layer, slope }) => `${layer} ${digits(slope)}`).join(", ")}.`;
}
