/** Reports of runs as self-contained HTML. */
export * from "./render.ts";
