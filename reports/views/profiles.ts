/**
 * One panel a network, with the paper's curve and its twins.
 *
 * @module
 */
import type { NetworkResult } from "../../harness/spec/mod.ts";
import {
  axisOf,
  hasSpread,
  ownStyle,
  PAPER_STYLE,
  paperPoints,
  profileFigure,
  profileTop,
  seriesSample,
  twinStyle,
} from "../figures/mod.ts";
import type { Noun } from "../group_noun.ts";
import { placeInPaper, repeatsDepth } from "../layer_order.ts";
import { highestLayer, idAt } from "../over_groups.ts";
import { digits, plusMinus } from "./format.ts";

/** The panels of all networks, on one scale. */
export function profilesView(networks: readonly NetworkResult[], noun: Noun) {
  const top = profileTop(networks);
  return networks.map((network) => {
    const twins = twinsOf(network, networks);
    return {
      title: network.title,
      figure: profileFigure(network, twins, top),
      highest: highestText(network),
      legend: legend(network, twins, noun),
      inPaper: network.paper !== null,
    };
  });
}

function legend(network: NetworkResult, twins: readonly NetworkResult[], noun: Noun) {
  const { paper } = network;
  return [
    {
      sample: seriesSample(ownStyle(network)),
      label: hasSpread(network)
        ? `this run, mean ± standard deviation over ${noun.many}`
        : `this run, one ${noun.one}, ± d/√N`,
    },
    ...(paper && paperPoints(network, axisOf(network)).length > 0
      ? [{
        sample: seriesSample(PAPER_STYLE),
        label: `paper${paper.std ? `, band: ${bandText(network)}` : ""} (${paper.source})`,
      }]
      : []),
    ...twins.map((twin) => ({ sample: seriesSample(twinStyle(twin)), label: twin.title })),
  ];
}

/** The paper's Figures 3 and 5 are over classes; its Figure 6, by layer, has one group of images. */
function bandText(network: NetworkResult): string {
  return repeatsDepth(network) ? "its error bar" : "its standard deviation over classes";
}

function highestText(network: NetworkResult): string {
  const { layers, paper } = network;
  const highest = highestLayer(layers);
  const layer = layers[highest];
  const id = layer && idAt(layer);
  if (!layer || !id) return "";
  const own = `Highest at ${layer.name}: ${plusMinus(id.mean, id.std)}`;
  const top = paper ? Math.max(...paper.id) : 0;
  const at = paper?.id.indexOf(top) ?? -1;
  if (repeatsDepth(network)) {
    const name = layers.find((_, n) => placeInPaper(network, n) === at)?.name;
    return paper && name !== undefined
      ? `${own}; in the paper ${digits(top)} at ${name}.`
      : `${own}.`;
  }
  const depth = `${own}, relative depth ${layer.relativeDepth.toFixed(2)}`;
  return paper
    ? `${depth}; in the paper ${digits(top)} at ${paper.relativeDepth[at]!.toFixed(2)}.`
    : `${depth}.`;
}

/** Networks of the same architecture on the same data with random weights, beside a trained one. */
export function twinsOf(
  network: NetworkResult,
  networks: readonly NetworkResult[],
): NetworkResult[] {
  const { architecture, data } = network;
  return network.weights === "trained"
    ? networks.filter((other) =>
      other.weights === "untrained" && other.architecture === architecture && other.data === data
    )
    : [];
}
