/** Differentiation of graphs. */
export * from "./blocked_convolutions.ts";
export * from "./differentiate.ts";
export * from "./rectify_after_pooling.ts";
export * from "./shapes.ts";
export * from "./small_convolutions.ts";
