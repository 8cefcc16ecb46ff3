/** The procedural data set *objects* and its nuisance, the veil. */
export * from "./render_objects.ts";
export * from "./veil.ts";
