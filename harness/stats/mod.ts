/** Statistics: moments, intervals, tests, verdicts. */
export * from "./bootstrap.ts";
export * from "./moments.ts";
export * from "./permutation_test.ts";
export * from "./ratio_test.ts";
export * from "./student.ts";
export * from "./verdict.ts";
