/** Data sets as runs use them. */
export * from "./data_set.ts";
export * from "./open_data_set.ts";
