/** The procedural data set *birds*, with the truth about its parts. */
export * from "./class_table.ts";
export * from "./draw_scene.ts";
export * from "./interventions.ts";
export * from "./parts.ts";
export * from "./render_birds.ts";
export * from "./render_scene.ts";
export * from "./scene.ts";
export * from "./sufficient_parts.ts";
