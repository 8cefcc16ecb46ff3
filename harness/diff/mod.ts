/** Two runs beside each other. */
export * from "./agreement.ts";
export * from "./diff_facts.ts";
export * from "./diff_numbers.ts";
export * from "./diff_runs.ts";
export * from "./read_run.ts";
