/** What every other folder may use: errors, random streams, digests, progress, whole files. */
export * from "./atomic_write.ts";
export * from "./digest.ts";
export * from "./errors.ts";
export * from "./nearest_name.ts";
export * from "./progress.ts";
export * from "./quantities.ts";
export * from "./random.ts";
