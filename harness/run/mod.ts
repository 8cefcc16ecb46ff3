/** Running experiments: cells, store, execution, provenance. */
export * from "./artifact.ts";
export * from "./cell.ts";
export * from "./choose_engine.ts";
export * from "./estimate_points.ts";
export * from "./estimate_time.ts";
export * from "./execute.ts";
export * from "./git_commit.ts";
export * from "./inspect_model.ts";
export * from "./interrupt.ts";
export * from "./networks.ts";
export * from "./plan_cells.ts";
export * from "./profile_layers.ts";
export * from "./provenance.ts";
export * from "./run_experiment.ts";
export * from "./self_test.ts";
export * from "./store.ts";
export * from "./terminal_progress.ts";
