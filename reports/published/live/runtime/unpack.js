// Scripts that carry bytes: a page that is opened from a file cannot read files.
"use strict";
(() => {
  globalThis.live ??= {};

  /** Loads a script of this page; rejects with a sentence when it is not there. */
  live.loadScript = (address) =>
    new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = address;
      script.onload = () => {
        script.remove();
        resolve();
      };
      script.onerror = () => reject(new Error(`The file ${address} could not be loaded.`));
      document.head.append(script);
    });

  live.bytesOf = (base64) => {
    if (Uint8Array.fromBase64) return Uint8Array.fromBase64(base64);
    const text = atob(base64);
    const bytes = new Uint8Array(text.length);
    for (let at = 0; at < text.length; at++) bytes[at] = text.charCodeAt(at);
    return bytes;
  };

  /** The bytes that the scripts `<address>-0.js`, `<address>-1.js` ... carry. */
  live.unpack = async (address) => {
    const parts = [];
    do {
      await live.loadScript(`${address}-${parts.length}.js`);
      parts.push(live.bytesOf(live.packed.part));
    } while (parts.length < live.packed.count);
    delete live.packed;
    const stream = new Blob(parts).stream().pipeThrough(new DecompressionStream("gzip"));
    return new Uint8Array(await new Response(stream).arrayBuffer());
  };

  /** Float32 numbers, little-endian whatever the machine is. */
  live.floatsOf = (base64) => {
    const view = new DataView(live.bytesOf(base64).buffer);
    return Float32Array.from(
      { length: view.byteLength / 4 },
      (_, at) => view.getFloat32(4 * at, true),
    );
  };
})();
