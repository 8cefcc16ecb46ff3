/** Training by TensorFlow.js, the second engine. */
export * from "./backend.ts";
export * from "./open_tfjs.ts";
