/** Training networks: step graphs, optimisers, schedules, checkpoints. */
export * from "./agreement.ts";
export * from "./batch_source.ts";
export * from "./checkpoint.ts";
export * from "./checkpoint_file.ts";
export * from "./engine.ts";
export * from "./evaluate.ts";
export * from "./feature_cache.ts";
export * from "./image_batches.ts";
export * from "./loss_term.ts";
export * from "./optimiser.ts";
export * from "./ort_engine.ts";
export * from "./schedule.ts";
export * from "./shuffled_batches.ts";
export * from "./split_frozen.ts";
export * from "./tensor_file.ts";
export * from "./train_network.ts";
export * from "./training_form.ts";
