// The network in ONNX Runtime: WebGPU where there is one that is fast and right, else WebAssembly.
"use strict";
(() => {
  /** Largest difference between the logits found here and by the harness. */
  live.tolerance = 1e-3;

  /** What the network makes of an input [1, 3, size, size]. */
  async function runNetwork(session, input) {
    const { size } = live.numbers.input;
    const images = new ort.Tensor("float32", input, [1, 3, size, size]);
    const { latent, logits } = await session.run({ images });
    const [count, depth, height, width] = latent.dims;
    return { logits: logits.data, maps: { count, depth, height, width, data: latent.data } };
  }

  async function openSession(kind, model) {
    const { runtime } = live.numbers;
    await live.loadScript(`${runtime}ort_${kind}.js`);
    const core = await live.unpack(`${runtime}core_${kind}`);
    // A page that is opened from a file may import nothing but what it made itself.
    const loader = new Blob([await live.unpack(`${runtime}loader_${kind}`)], {
      type: "text/javascript",
    });
    ort.env.wasm.numThreads = 1;
    ort.env.wasm.wasmBinary = core.buffer;
    ort.env.wasm.wasmPaths = { mjs: URL.createObjectURL(loader) };
    return await ort.InferenceSession.create(model, { executionProviders: [kind] });
  }

  live.largestDifference = (logits, wanted) =>
    wanted.reduce((largest, value, at) => Math.max(largest, Math.abs(logits[at] - value)), 0);

  async function open(kind, model, probe) {
    const session = await openSession(kind, model);
    const first = await runNetwork(session, probe.input);
    return {
      kind,
      difference: live.largestDifference(first.logits, probe.logits),
      run: (input) => runNetwork(session, input),
      close: () => session.release(),
    };
  }

  async function describeGpu() {
    const adapter = await navigator.gpu?.requestAdapter();
    if (!adapter) return { usable: false, why: "this browser offers no WebGPU" };
    const { vendor, architecture, isFallbackAdapter } = adapter.info;
    const name = [vendor, architecture].filter(Boolean).join(" ");
    return isFallbackAdapter || /swiftshader|lavapipe|llvmpipe/.test(architecture)
      ? { usable: false, isSlow: true, name, why: "the WebGPU here is software, which is slower" }
      : { usable: true, name };
  }

  /**
   * Opens the network; `device` tells what runs it and why.
   *
   * @param wanted "auto", "webgpu" or "wasm".
   * @param probe An input with the logits that the harness found for it.
   */
  live.openNetwork = async (wanted, model, probe) => {
    const wasm = async (why) => ({
      ...await open("wasm", model, probe),
      device: `WebAssembly, one thread${why ? `: ${why}` : ""}`,
    });
    if (wanted === "wasm") return await wasm();
    const gpu = await describeGpu();
    if (wanted === "webgpu" && !gpu.usable && !gpu.isSlow) {
      throw new Error("This browser offers no WebGPU; choose WebAssembly.");
    }
    if (wanted === "auto" && !gpu.usable) return await wasm(gpu.why);
    try {
      const network = await open("webgpu", model, probe);
      if (wanted === "webgpu" || network.difference <= live.tolerance) {
        return { ...network, device: `WebGPU${gpu.name ? ` (${gpu.name})` : ""}` };
      }
      await network.close();
      return await wasm(`WebGPU is off by ${network.difference.toPrecision(2)} here`);
    } catch (error) {
      if (wanted === "webgpu") throw error;
      return await wasm("WebGPU failed here");
    }
  };
})();
