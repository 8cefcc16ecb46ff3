/** Reports of inspections. */
export * from "./render.ts";
