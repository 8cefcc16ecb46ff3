/** Images: decoding, resizing, normalising. */
export * from "./decode.ts";
export * from "./image.ts";
export * from "./preprocess.ts";
export * from "./resize.ts";
