/** The published site: pages from stored results. */
export * from "./kinds.ts";
export * from "./published_run.ts";
export * from "./run_content.ts";
export * from "./site_files.ts";
export * from "./slug.ts";
