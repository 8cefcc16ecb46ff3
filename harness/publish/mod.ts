/** From stored results to the files of the published site. */
export * from "./live_additions.ts";
export * from "./live_model_of.ts";
export * from "./read_runs.ts";
export * from "./write_site.ts";
