/**
 * The part of live pages that does not depend on the network: ONNX Runtime, arithmetic, scripts, style.
 *
 * @module
 */
import { classicScript } from "./classic_script.ts";
import { packedScripts } from "./packed_scripts.ts";

/** A file of a page. */
export interface LiveFile {
  /** Plain, from the folder that it belongs to. */
  readonly path: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** Builds of ONNX Runtime: that for WebGPU also runs WebAssembly, but takes twice as long for it. */
const BUILDS = [
  { kind: "wasm", library: "ort.wasm.min.js", core: "ort-wasm-simd-threaded" },
  { kind: "webgpu", library: "ort.webgpu.min.js", core: "ort-wasm-simd-threaded.asyncify" },
] as const;

/** Scripts of the page, in the order in which they run. */
export const PAGE_SCRIPTS = ["unpack.js", "network.js", "decode_image.js", "sheets.js", "page.js"];

/** The same files for all live pages of a site; the same versions give the same bytes. */
export function* liveRuntimeFiles(): Generator<LiveFile> {
  const dist = new URL("./", import.meta.resolve("onnxruntime-web/webgpu"));
  for (const { kind, library, core } of BUILDS) {
    yield { path: `ort_${kind}.js`, bytes: Deno.readFileSync(new URL(library, dist)) };
    const packed = [
      ...packedScripts(`core_${kind}`, Deno.readFileSync(new URL(`${core}.wasm`, dist))),
      ...packedScripts(`loader_${kind}`, Deno.readFileSync(new URL(`${core}.mjs`, dist))),
    ];
    for (const { path, text: content } of packed) yield text(path, content);
  }
  yield text("licences.txt", asset("licences.txt"));
  const arithmetic = classicScript(new URL("./explanation.ts", import.meta.url), "arithmetic");
  yield text("arithmetic.js", arithmetic);
  yield text("live.css", ["../templates/style.css", "assets/live.css"].map(read).join("\n"));
  for (const name of PAGE_SCRIPTS) yield text(name, asset(name));
}

function text(path: string, content: string): LiveFile {
  return { path, bytes: new TextEncoder().encode(content) };
}

function asset(name: string): string {
  return read(`assets/${name}`);
}

function read(path: string): string {
  return Deno.readTextFileSync(new URL(path, import.meta.url));
}
