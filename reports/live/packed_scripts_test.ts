import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import { gunzipSync } from "node:zlib";
import { randomStream } from "../../harness/base/mod.ts";
import { packedScripts } from "./packed_scripts.ts";

function partOf(script: string): { count: number; part: string } {
  const live: Record<string, never> = {};
  new Function("live", script)(live);
  return live["packed"]!;
}

Deno.test("packedScripts() carries the bytes, in parts where they are many", () => {
  const random = randomStream(1);
  for (const length of [0, 10, 4_000_000]) {
    const bytes = Uint8Array.from({ length }, () => 256 * random.uniform());
    const scripts = packedScripts("x", bytes);
    const parts = scripts.map(({ text }) => partOf(text));
    assert.deepEqual(scripts.map(({ path }) => path), parts.map((_, at) => `x-${at}.js`));
    assert.equal(scripts.length, length === 4_000_000 ? 2 : 1);
    assert.ok(parts.every(({ count }) => count === scripts.length));
    const whole = Buffer.concat(parts.map(({ part }) => Uint8Array.fromBase64(part)));
    assert.ok(Buffer.compare(gunzipSync(whole), bytes) === 0);
  }
});
