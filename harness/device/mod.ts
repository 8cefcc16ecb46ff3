/** ONNX graphs on WebGPU, native CPU or WebAssembly behind one interface. */
export * from "./choose.ts";
export * from "./cpu.ts";
export * from "./device.ts";
export * from "./wasm.ts";
export * from "./webgpu.ts";
