/** From stored results to the files of the published site. */
export * from "./read_runs.ts";
export * from "./write_site.ts";
