/** CUB-200-2011: its lists, boxes and parts. */
export * from "./merged_sides.ts";
export * from "./part_truth.ts";
export * from "./read_cub200.ts";
