/** Data sets, one module each, and the trained networks of a data root. */
export * from "./birds/mod.ts";
export * from "./cifar10.ts";
export * from "./cub200/mod.ts";
export * from "./dataset.ts";
export * from "./image_folder.ts";
export * from "./imagenette.ts";
export * from "./labelled_folder.ts";
export * from "./labelled_images.ts";
export * from "./luminance_offsets.ts";
export * from "./mean_and_std.ts";
export * from "./mnist.ts";
export * from "./mixed_group.ts";
export * from "./models_manifest.ts";
export * from "./noisy_labels.ts";
export * from "./photographs/mod.ts";
export * from "./require_labels.ts";
export * from "./shuffled_labels.ts";
