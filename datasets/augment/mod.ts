/** Augmentations: random changes to images during training. */
export * from "./augmentation.ts";
export * from "./augmentations.ts";
export * from "./augmented_copies.ts";
export * from "./crop_after_pad.ts";
export * from "./homography.ts";
export * from "./horizontal_flip.ts";
export * from "./one_of.ts";
export * from "./protopnet_pipelines.ts";
export * from "./rotate.ts";
export * from "./shear.ts";
export * from "./shift.ts";
export * from "./skew.ts";
export * from "./warp.ts";
