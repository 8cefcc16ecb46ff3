/** Points from files of other programs: NumPy arrays and tables of text. */
export * from "./copy_points.ts";
export * from "./open_points.ts";
export * from "./points_file.ts";
