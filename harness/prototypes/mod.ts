/** Prototype layers: similarity, projection, pruning, ensembles, and what they say of an image. */
export * from "./distances.ts";
export * from "./latent_batch.ts";
export * from "./project.ts";
export * from "./prototype_layer.ts";
export * from "./similarity.ts";
export * from "./source_patch.ts";
export * from "./unique_prototypes.ts";
