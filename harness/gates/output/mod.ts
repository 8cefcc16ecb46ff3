/** Gates for people, pull requests and CI systems. */
export * from "./annotations.ts";
export * from "./gate_report.ts";
export * from "./junit.ts";
export * from "./markdown.ts";
