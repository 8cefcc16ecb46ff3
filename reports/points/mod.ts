/** Reports on anybody's points. */
export * from "./points_report.ts";
export * from "./render.ts";
