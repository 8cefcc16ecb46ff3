/** Intrinsic-dimension estimators and the neighbours they rest on. */
export * from "./block_analysis.ts";
export * from "./calibration.ts";
export * from "./estimate.ts";
export * from "./exact_distances.ts";
export * from "./features.ts";
export * from "./gride.ts";
export * from "./hubness.ts";
export * from "./levina_bickel.ts";
export * from "./neighbour_lists.ts";
export * from "./neighbours.ts";
export * from "./non_finite.ts";
export * from "./simulate.ts";
export * from "./subsamples.ts";
export * from "./twonn.ts";
export * from "./twonn_bayes.ts";
