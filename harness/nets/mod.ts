/** The papers' architectures as graphs with random weights. */
export * from "./architecture.ts";
export * from "./by_name.ts";
export * from "./mnist_cnn.ts";
