/** Prototype layers: similarity, projection, pruning, ensembles, and what they say of an image. */
export * from "./prototype_layer.ts";
