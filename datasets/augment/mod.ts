/** Augmentations: random changes to images during training. */
export * from "./augmentation.ts";
export * from "./augmentations.ts";
export * from "./crop_after_pad.ts";
export * from "./horizontal_flip.ts";
export * from "./shift.ts";
