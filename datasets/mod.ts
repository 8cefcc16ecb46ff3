/** Data sets, one module each, and the trained networks of a data root. */
export * from "./dataset.ts";
export * from "./image_folder.ts";
export * from "./imagenette.ts";
export * from "./mnist.ts";
export * from "./models_manifest.ts";
