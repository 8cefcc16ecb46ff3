/** What every other folder may use: errors, random streams, digests. */
export * from "./digest.ts";
export * from "./errors.ts";
export * from "./nearest_name.ts";
export * from "./random.ts";
