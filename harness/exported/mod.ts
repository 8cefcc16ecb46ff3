/** Trained networks that runs left as files. */
export * from "./model_files.ts";
export * from "./read_model.ts";
export * from "./run_models.ts";
