/**
 * The paper's Figure 5, read off its drawing: `experiments/reference/paper_curves.json`.
 *
 * @module
 */
import curves from "../../experiments/reference/paper_curves.json" with { type: "json" };
import type { NetworkResult, PaperPca } from "../spec/mod.ts";

/** Images of Figure 5A: the sum of squared singular values over the number of features. */
const POINTS_5A = 2016;

/** Images of a class in Figure 5C. */
const POINTS_5C = 500;

/** What Figure 5 shows of an architecture; undefined when nothing. */
export function paperPca(
  architecture: string,
  weights: NetworkResult["weights"],
): PaperPca | undefined {
  const isTrained = weights === "trained";
  const spectra: Record<string, { rank: number[]; singular_value: number[] }> = curves.fig5A;
  const spectrum = isTrained ? spectra[architecture] : undefined;
  const isVgg16 = architecture === "vgg16";
  if (!spectrum && !isVgg16) return undefined;
  const { fig5B, fig5C } = curves;
  return {
    source: "Ansuini et al. 2019, arXiv 1905.12784v2, Figure 5",
    spectrum: spectrum
      ? { points: POINTS_5A, rank: spectrum.rank, singular_value: spectrum.singular_value }
      : null,
    profile: isVgg16
      ? {
        points: POINTS_5C,
        relativeDepth: fig5C.rel_depth,
        id: isTrained ? fig5C.ID_trained : fig5C.ID_untrained,
        pc_id: isTrained ? fig5C.PC_ID_trained : fig5C.PC_ID_untrained,
      }
      : null,
    gaussian_null: isVgg16 && isTrained
      ? { points: fig5B.N, id: fig5B.ID_original, legacy: fig5B.ID_synthetic_gaussian }
      : null,
  };
}
