/** Labelled photographs in files: division, identity, loading. */
export * from "./crop_window.ts";
export * from "./load_photographs.ts";
export * from "./photograph.ts";
export * from "./photograph_digests.ts";
export * from "./photograph_folder.ts";
export * from "./require_prototype_images.ts";
