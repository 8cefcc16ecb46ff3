/** Reports of runs as self-contained HTML, and the site that compares runs. */
export * from "./render.ts";
export * from "./site/mod.ts";
