/** Findings about a network, from its profile. */
export * from "./diagnose.ts";
export * from "./layer_ids.ts";
