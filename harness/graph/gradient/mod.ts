/** Differentiation of graphs. */
export * from "./differentiate.ts";
export * from "./shapes.ts";
export * from "./small_convolutions.ts";
