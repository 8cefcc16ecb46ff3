/** The charts of a report as SVG. */
export * from "./hub_figure.ts";
export * from "./legend_sample.ts";
export * from "./overview_figure.ts";
export * from "./palette.ts";
export * from "./peak_figure.ts";
export * from "./profile_figure.ts";
export * from "./profile_points.ts";
