/** The papers' architectures as graphs with random weights, and weights from files for them. */
export * from "./architecture.ts";
export * from "./by_name.ts";
export * from "./calibrate_batch_norm.ts";
export * from "./load_weights.ts";
export * from "./mnist_cnn.ts";
