/** The claims of the papers, each checked on a run's results. */
export * from "./check.ts";
export * from "./hub_survival.ts";
export * from "./profile_curves.ts";
