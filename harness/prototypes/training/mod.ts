/** ProtoPNet's three stages of training. */
export * from "./chosen_state.ts";
export * from "./history.ts";
export * from "./last_layer.ts";
export * from "./latent_batches.ts";
export * from "./network_weights.ts";
export * from "./open_stage.ts";
export * from "./part_supervision.ts";
export * from "./proto_checkpoint.ts";
export * from "./prototype_losses.ts";
export * from "./retrain_pruned.ts";
export * from "./settings.ts";
export * from "./stage_form.ts";
export * from "./train_protopnet.ts";
export * from "./validator.ts";
