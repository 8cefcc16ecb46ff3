/**
 * From finished cells to the networks of `result.json`.
 *
 * @module
 */
import { canonicalJson, sha256 } from "../base/mod.ts";
import type { GroupResult, LayerResult, NetworkResult, NetworkSpec } from "../spec/mod.ts";
import { mean, populationDeviation } from "../stats/mod.ts";
import type { FinishedCell } from "./execute.ts";
import type { NetworkSource } from "./networks.ts";
import { namedPaperCurve, paperCurve, untrainedPaperCurve } from "./paper_curves.ts";
import { paperPca } from "./paper_pca.ts";

/**
 * The results of one network, from its cells in the order of the groups.
 *
 * @param networks All networks of the profile.
 */
export function assembleNetwork(
  source: NetworkSource,
  cells: readonly FinishedCell[],
  networks: readonly NetworkSpec[],
): NetworkResult {
  const { spec, data, architecture, title, weights, file, note } = source;
  const [{ payload }] = cells as [FinishedCell];
  const deepest = payload.layers.at(-1)!.depth;
  const fullDepth = spec.kind === "onnx" ? spec.fullDepth ?? deepest : deepest;
  const layers = payload.layers.map(({ name, tensor, depth, units }, at): LayerResult => {
    const groups = cells.map((cell) => cell.payload.layers[at]!.result);
    return {
      name,
      tensor,
      depth,
      relativeDepth: depth / fullDepth,
      units,
      groups,
      ...overGroups(groups),
    };
  });
  const isShown = spec.inPaper && layers.some(({ groups }) => groups.some(({ pca }) => pca));
  const published = isShown ? paperPca(architecture, weights) : undefined;
  return {
    id: spec.id,
    title,
    data,
    architecture,
    weights,
    recipe: recipe(spec),
    inPaper: spec.inPaper,
    gates: gates(spec, networks),
    file,
    sha256: identity(source, cells),
    parameters: payload.parameters,
    fullDepth,
    ...(spec.kind === "onnx" && spec.testError !== undefined && { testError: spec.testError }),
    note,
    layers,
    paper: paperCurveOf(source, layers, fullDepth),
    ...(published && { paperPca: published }),
  };
}

/** An untrained twin gates where its trained network does; one without a partner does. */
function gates(spec: NetworkSpec, networks: readonly NetworkSpec[]): boolean {
  switch (spec.kind) {
    case "onnx":
      return spec.gates ?? spec.inPaper;
    case "trained":
      return spec.inPaper || spec.gates;
    case "untrained": {
      const twin = networks.find(({ id }) => id === spec.twinOf);
      return twin === undefined || gates(twin, networks);
    }
  }
}

function paperCurveOf(
  { spec, weights, architecture }: NetworkSource,
  layers: readonly LayerResult[],
  fullDepth: number,
): NetworkResult["paper"] {
  if (spec.kind === "trained" && spec.paperCurve) return namedPaperCurve(spec.paperCurve, layers);
  if (weights === "untrained") return untrainedPaperCurve(architecture, fullDepth);
  return spec.inPaper ? paperCurve(architecture, fullDepth) : null;
}

/** Of one replicate, or of all of them together. */
function identity({ sha256: of }: NetworkSource, cells: readonly FinishedCell[]): string {
  const all = [...new Set(cells.map(({ cell }) => of(cell.replicate)))];
  return all.length === 1 ? all[0]! : sha256(canonicalJson(all));
}

function recipe(spec: NetworkSpec): NetworkResult["recipe"] {
  switch (spec.kind) {
    case "onnx":
      return null;
    case "untrained":
      return { training: null, after: null, statistics: spec.statistics, control: null };
    case "trained":
      return {
        training: spec.training,
        after: spec.after ?? null,
        statistics: null,
        control: spec.control ?? null,
      };
  }
}

/** Mean and population standard deviation over groups of every estimate that is one number. */
function overGroups(groups: readonly GroupResult[]): Pick<LayerResult, "mean" | "std"> {
  const columns = groups.map(numbersOf);
  const names = Object.keys(columns[0]!).filter((name) =>
    columns.every((column) => name in column)
  );
  const over = (statistic: (values: number[]) => number) =>
    Object.fromEntries(names.map((name) => [name, statistic(columns.map((c) => c[name]!))]));
  return { mean: over(mean), std: over(populationDeviation) };
}

function numbersOf({ estimates, hub, pca }: GroupResult): Record<string, number> {
  const levinaBickel = estimates.levina_bickel_k20;
  return {
    twonn_fit: estimates.twonn_fit.value,
    twonn_fit_i_minus_1: estimates.twonn_fit_i_minus_1.value,
    twonn_mle_unbiased: estimates.twonn_mle_unbiased.value,
    twonn_mle_censored_90: estimates.twonn_mle_censored_90.value,
    twonn_fit_subsamples: estimates.twonn_fit_subsamples.mean,
    twonn_fit_without_hub: hub.twonn_fit_without_it,
    ...(hub.twonn_fit_without_top_1_percent !== null && {
      twonn_fit_without_top_1_percent: hub.twonn_fit_without_top_1_percent,
    }),
    hub_share: hub.share,
    ...(levinaBickel && {
      "levina_bickel_k20.harmonic": levinaBickel.harmonic,
      "levina_bickel_k20.mean": levinaBickel.mean,
      "levina_bickel_k20.mean_k_minus_2": levinaBickel.mean_k_minus_2,
    }),
    ...Object.fromEntries(estimates.gride.map(({ n1, n2, id }) => [`gride_${n1}_${n2}`, id])),
    ...(pca && {
      "pca.n90": pca.n90,
      "pca.participation_ratio": pca.participation_ratio,
      ...(pca.participation_ratio_corrected !== null && {
        "pca.participation_ratio_corrected": pca.participation_ratio_corrected,
      }),
    }),
  };
}
