/**
 * What the templates show, ready to be written: numbers as text, figures as SVG.
 *
 * @module
 */
import Handlebars from "handlebars";
import { formatBytes, formatDuration } from "../harness/base/mod.ts";
import type {
  ClaimResult,
  GroupResult,
  LayerResult,
  NetworkResult,
  Result,
  Verdict,
} from "../harness/spec/mod.ts";
import { HUB_SERIES, hubFigure } from "./figures/hub_figure.ts";
import { overviewFigure } from "./figures/overview_figure.ts";
import { seriesStyle } from "./figures/palette.ts";
import { profileFigure } from "./figures/profile_figure.ts";

/** Sign and style class of each verdict; the word itself is always written too. */
const VERDICTS: Readonly<Record<Verdict, { sign: string; style: string }>> = {
  "reproduced": { sign: "✓", style: "good" },
  "not reproduced": { sign: "✗", style: "bad" },
  "inconclusive": { sign: "?", style: "open" },
  "not comparable": { sign: "–", style: "open" },
};

/** Glyph of each chart symbol, for legends in HTML. */
const GLYPHS = {
  circle: "●",
  square: "■",
  triangle: "▲",
  diamond: "◆",
  star: "★",
  cross: "✚",
  wye: "Y",
} as const;

/** Everything that the page needs. */
export function reportView(result: Result) {
  const { networks, claims, environment, device } = result;
  return {
    ...result,
    headline: headline(claims),
    claims: claims.map(claimView),
    overview: networks.length > 0
      ? {
        relative: safe(overviewFigure(networks, "relativeDepth")),
        absolute: safe(overviewFigure(networks, "depth")),
        legend: networks.map(({ title }, n) => legendEntry(title, n)),
      }
      : null,
    networks: networks.map((network) => networkView(network)),
    hubLegend: HUB_SERIES.map(({ label }, n) => legendEntry(label, n)),
    facts: facts(result),
    selfTest: device.selfTest.map(({ name, error, tolerance, passed }) => ({
      name,
      error: error === null ? "did not run" : error.toExponential(1),
      tolerance: tolerance.toExponential(0),
      outcome: passed ? "passed" : "failed",
    })),
    versions: Object.entries(environment.versions).map(([name, version]) => ({ name, version })),
  };
}

function headline(claims: readonly ClaimResult[]): string {
  const count = (verdict: Verdict) => claims.filter((claim) => claim.verdict === verdict).length;
  const parts = (Object.keys(VERDICTS) as Verdict[])
    .map((verdict) => ({ verdict, count: count(verdict) }))
    .filter(({ count }) => count > 0)
    .map(({ verdict, count }) => `${count} ${verdict}`);
  return `${claims.length} checks: ${parts.join(", ")}`;
}

function claimView(claim: ClaimResult) {
  return {
    ...claim,
    ...VERDICTS[claim.verdict],
    estimate: claim.estimate === null ? "–" : digits(claim.estimate),
    interval: claim.interval === null ? "–" : claim.interval.map(digits).join(" to "),
    pValue: claim.pValue === null ? "–" : probability(claim.pValue),
  };
}

function networkView(network: NetworkResult) {
  const { paper, layers } = network;
  const groups = layers[0]?.groups.map(({ group }) => group) ?? [];
  return {
    ...network,
    fullDepth: network.fullDepth,
    parameters: network.parameters.toLocaleString("en"),
    profile: safe(profileFigure(network)),
    hubs: safe(hubFigure(network)),
    paperSource: paper?.source ?? null,
    groups,
    layers: layers.map((layer) => layerView(layer, network)),
  };
}

function layerView(layer: LayerResult, { paper, layers }: NetworkResult) {
  const at = layers.indexOf(layer);
  const [first] = layer.groups;
  const mean = (name: string) => layer.mean[name] === undefined ? "–" : digits(layer.mean[name]);
  return {
    ...layer,
    units: layer.units.toLocaleString("en"),
    relativeDepth: layer.relativeDepth.toFixed(2),
    id: `${mean("twonn_fit")} ± ${digits(layer.std["twonn_fit"]!)}`,
    paper: paper && paper.id.length === layers.length ? digits(paper.id[at]!) : "–",
    offset: mean("twonn_fit_i_minus_1"),
    unbiased: mean("twonn_mle_unbiased"),
    censored: mean("twonn_mle_censored_90"),
    levinaBickel: mean("levina_bickel_k20.harmonic"),
    gride: first?.estimates.gride.map(({ n1, n2 }) => mean(`gride_${n1}_${n2}`)).join(" ") ?? "",
    standardError: digits(average(layer.groups, (g) => g.estimates.twonn_fit.standardError)),
    subsampleBar: digits(
      average(layer.groups, (g) => g.estimates.twonn_fit_subsamples.std_population),
    ),
    hubShare: `${(100 * layer.mean["hub_share"]!).toFixed(0)} %`,
    withoutHub: mean("twonn_fit_without_hub"),
    withoutHubs: mean("twonn_fit_without_top_1_percent"),
    duplicates: layer.groups.reduce((sum, group) => sum + group.duplicates, 0),
    groups: layer.groups.map(groupView),
  };
}

function groupView({ group, n, duplicates, hub, estimates }: GroupResult) {
  const { value, standardError } = estimates.twonn_fit;
  return {
    group,
    n,
    duplicates,
    id: `${digits(value)} ± ${digits(standardError)}`,
    subsamples: `${digits(estimates.twonn_fit_subsamples.mean)} ± ${
      digits(estimates.twonn_fit_subsamples.std_population)
    }`,
    file: hub.file,
    hubOf: `${hub.nearest_neighbour_of} of ${n}`,
    distinct: hub.distinct_nearest_neighbours,
    withoutHub: digits(hub.twonn_fit_without_it),
  };
}

function facts({ environment, device, profile, seed, samples, narrowed, data }: Result) {
  const { cells, git } = environment;
  const entries: [string, string][] = [
    ["profile", profile],
    ["data", `${data.title}: ${data.groups.length} groups of ${samples} images`],
    ["seed", String(seed)],
    ["narrowed by", narrowed.length > 0 ? narrowed.join(" ") : "nothing: the whole profile"],
    ["device", `${device.kind}, ${device.threads} threads, ${device.runtime}: ${device.reason}`],
    [
      "WebGPU adapter",
      device.adapter
        ? `${device.adapter.description}${device.adapter.isFallbackAdapter ? " (software)" : ""}`
        : "not used",
    ],
    ["started", environment.startedAt],
    [
      "took",
      `${formatDuration(environment.seconds)}, peak memory ${
        formatBytes(environment.peakMemoryBytes)
      }, budget ${formatBytes(environment.memoryBudgetBytes)}`,
    ],
    ["cells", `${cells.total}: ${cells.computed} computed, ${cells.cached} from the store`],
    ["batch", `${environment.batchSize} images`],
    ["code", git.commit === null ? "not a git checkout" : `commit ${git.commit}`],
    ["system", `${environment.os} ${environment.arch}`],
  ];
  return entries.map(([name, value]) => ({ name, value }));
}

function legendEntry(label: string, series: number) {
  const { colour, symbol } = seriesStyle(series);
  return { label, glyph: GLYPHS[symbol], colour: safe(colour) };
}

function average(groups: readonly GroupResult[], value: (group: GroupResult) => number): number {
  return groups.reduce((sum, group) => sum + value(group), 0) / groups.length;
}

/** Three significant digits. */
function digits(value: number): string {
  return Math.abs(value) >= 1000
    ? Math.round(value).toString()
    : String(Number(value.toPrecision(3)));
}

function probability(value: number): string {
  return value < 0.0001 ? "< 0.0001" : String(Number(value.toPrecision(2)));
}

/** Text that this project made itself; never data. */
function safe(text: string) {
  return new Handlebars.SafeString(text);
}
