/** Statistics: moments, intervals, tests, verdicts. */
export * from "./bca.ts";
export * from "./bootstrap.ts";
export * from "./distributions.ts";
export * from "./equivalence.ts";
export * from "./holm.ts";
export * from "./moments.ts";
export * from "./permutation.ts";
export * from "./ratios.ts";
export * from "./signed_ranks.ts";
export * from "./signs.ts";
export * from "./student.ts";
export * from "./verdict.ts";
