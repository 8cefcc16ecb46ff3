/**
 * The paper's own curves, read off its figures: `experiments/reference/paper_curves.json`.
 *
 * @module
 */
import curves from "../../experiments/reference/paper_curves.json" with { type: "json" };
import type { NetworkResult, PAPER_CURVES } from "../spec/mod.ts";

const SOURCE = "Ansuini et al. 2019, arXiv 1905.12784v2";

/** Mean over seven ImageNet classes of 500 images, for one of the paper's fourteen networks. */
export function paperCurve(architecture: string, fullDepth: number): NetworkResult["paper"] {
  const all: Record<string, { rel_depth: number[]; ID: number[] }> = curves.fig3B;
  const spreads: Record<string, { std_over_7_classes: number[] }> = curves.fig3A;
  const curve = all[architecture];
  if (!curve) return null;
  const relativeDepth = curve.rel_depth.map(Math.abs);
  return {
    source: `${SOURCE}, Figure 3B`,
    relativeDepth,
    depth: relativeDepth.map((depth) => Math.round(depth * fullDepth)),
    id: curve.ID,
    std: spreads[architecture]?.std_over_7_classes ?? null,
  };
}

/** The untrained VGG-16 of Figure 5C; no other untrained network is shown. */
export function untrainedPaperCurve(
  architecture: string,
  fullDepth: number,
): NetworkResult["paper"] {
  if (architecture !== "vgg16") return null;
  const { rel_depth, ID_untrained, ID_untrained_std } = curves.fig5C;
  return {
    source: `${SOURCE}, Figure 5C`,
    relativeDepth: rel_depth,
    depth: rel_depth.map((depth) => Math.round(depth * fullDepth)),
    id: ID_untrained,
    std: ID_untrained_std,
  };
}

/**
 * A curve of the paper that stands for one trained network, layer by layer.
 *
 * @param layers The network's own layers, of which the figure shows each.
 */
export function namedPaperCurve(
  name: PaperCurveName,
  layers: readonly { readonly depth: number; readonly relativeDepth: number }[],
): NetworkResult["paper"] {
  const curve = curves.fig6B[name.slice("fig6B.".length) as Fig6BCurve];
  return {
    source: `${SOURCE}, Figure 6B`,
    relativeDepth: layers.map(({ relativeDepth }) => relativeDepth),
    depth: layers.map(({ depth }) => depth),
    id: curve.ID,
    std: curve.err,
  };
}

type PaperCurveName = (typeof PAPER_CURVES)[number];
type Fig6BCurve = PaperCurveName extends `fig6B.${infer Name}` ? Name : never;
