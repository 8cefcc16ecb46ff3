/** ONNX graphs as values: read, write, build, cut, tap, and the layers to look at. */
export * from "./builder.ts";
export * from "./channels_first.ts";
export * from "./checkpoints.ts";
export * from "./every_layer.ts";
export * from "./external_data.ts";
export * from "./graph.ts";
export * from "./layers_to_inspect.ts";
export * from "./probe.ts";
export * from "./read.ts";
export * from "./tap.ts";
export * from "./token_layers.ts";
export * from "./topology.ts";
export * from "./twin.ts";
export * from "./write.ts";
