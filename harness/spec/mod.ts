/** Schemas of the files that go in (experiments) and come out (results). */
export * from "./experiment.ts";
export * from "./exported_model.ts";
export * from "./hub_survival.ts";
export * from "./inspection.ts";
export * from "./machine.ts";
export * from "./parse.ts";
export * from "./pca_result.ts";
export * from "./protopnet.ts";
export * from "./protopnet_result.ts";
export * from "./result.ts";
export type { AgreementResult, ClaimResult, Verdict } from "./result_parts.ts";
export * from "./load.ts";
export * from "./training.ts";
