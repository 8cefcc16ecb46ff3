/** What the templates show, ready to be written: numbers as text, figures as SVG. */
export * from "./figures.ts";
export * from "./format.ts";
export * from "./provenance.ts";
export * from "./tables.ts";
export * from "./trainings.ts";
export * from "./verdicts.ts";
