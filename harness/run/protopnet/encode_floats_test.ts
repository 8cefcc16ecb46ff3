import assert from "node:assert/strict";
import { decodeFloats, encodeFloats } from "./encode_floats.ts";

Deno.test("decodeFloats() gives back every bit that encodeFloats() was given", () => {
  const values = Float32Array.of(0, -0, 1 / 3, -1e-42, Infinity, 103.25);
  assert.deepEqual(decodeFloats(encodeFloats(values.subarray(1))), values.slice(1));
});
