/**
 * One interface over the three ways to run an ONNX graph: WebGPU, native CPU, WebAssembly.
 *
 * @module
 */

/** Where a graph runs. */
export type DeviceKind = "cpu" | "wasm" | "webgpu";

/** A float32 tensor in row-major order. */
export interface FloatTensor {
  readonly dims: readonly number[];
  readonly data: Float32Array<ArrayBuffer>;
}

/** An ONNX model made ready on one device. One `run` at a time. */
export interface Session {
  readonly inputNames: readonly string[];
  readonly outputNames: readonly string[];
  /**
   * Runs the graph once.
   *
   * @param feeds A tensor for each input, by name.
   * @returns A tensor for each output, by name, valid until the next run.
   */
  run(feeds: Readonly<Record<string, FloatTensor>>): Promise<Record<string, FloatTensor>>;
  /** Frees the memory that the session holds on the device. */
  release(): Promise<void>;
}

/** A graph whose carried outputs become inputs of the next run. One `run` at a time. */
export interface LoopSession {
  /** Sets every carried input; the values are copied. */
  write(values: ReadonlyMap<string, FloatTensor>): void;
  /** A copy of the carried inputs. */
  read(): Promise<Map<string, FloatTensor>>;
  /**
   * Runs the graph once.
   *
   * @param feeds A tensor for each input that is not carried.
   * @returns The outputs that are not carried, valid until the next run.
   * @throws {RunError} When the runtime cannot. The carried inputs can still be read, but all further
   * runs are refused.
   */
  run(feeds: Readonly<Record<string, FloatTensor>>): Promise<Record<string, FloatTensor>>;
  /** Frees the memory that the session holds on the device. */
  release(): Promise<void>;
}

/** A device that was opened and can make sessions. */
export interface Device {
  readonly kind: DeviceKind;
  /** Threads that one operator may use; 1 on WebGPU, where the adapter decides. */
  readonly threads: number;
  /** Name and version of the package that runs the graphs. */
  readonly runtime: string;
  /** The GPU adapter, on WebGPU only. */
  readonly adapter?: AdapterDescription;
  /** Bytes of the largest tensor that the adapter can bind, on WebGPU only. */
  readonly largestTensorBytes?: number;
  /**
   * @param model A serialised ONNX model.
   * @throws {RunError} When the runtime refuses the model; the message is the runtime's own.
   */
  open(model: Uint8Array): Promise<Session>;
  /**
   * @param model A serialised ONNX model.
   * @param carried For each input that a run takes over from the run before, the output that becomes it.
   * @throws {RunError} When the runtime refuses the model.
   */
  openLoop(model: Uint8Array, carried: ReadonlyMap<string, string>): Promise<LoopSession>;
}

/** What WebGPU tells about the adapter. */
export interface AdapterDescription {
  readonly vendor: string;
  readonly architecture: string;
  readonly description: string;
  /** True for software adapters (lavapipe, SwiftShader). */
  readonly isFallbackAdapter: boolean;
}
