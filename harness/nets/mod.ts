/** The papers' architectures as graphs with random weights, and weights from files for them. */
export * from "./add_on.ts";
export * from "./architecture.ts";
export * from "./backbone.ts";
export * from "./by_name.ts";
export * from "./calibrate_batch_norm.ts";
export * from "./cam_network.ts";
export * from "./exact_logits.ts";
export * from "./load_weights.ts";
export * from "./mnist_cnn.ts";
export * from "./part_pool_network.ts";
export * from "./protopnet.ts";
export * from "./prototype_distances.ts";
export * from "./reduce_less.ts";
export * from "./windows_of.ts";
