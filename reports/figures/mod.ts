/** The charts of a report as SVG. */
export * from "./accuracy_figure.ts";
export * from "./dimension_figure.ts";
export * from "./gaussian_figure.ts";
export * from "./hub_figure.ts";
export * from "./layer_figure.ts";
export * from "./learning_figures.ts";
export * from "./legend_sample.ts";
export * from "./moment_figures.ts";
export * from "./network_styles.ts";
export * from "./overview_figure.ts";
export * from "./palette.ts";
export * from "./peak_figure.ts";
export * from "./profile_figure.ts";
export * from "./profile_points.ts";
export * from "./scale_figure.ts";
export * from "./spectrum_figure.ts";
