import assert from "node:assert/strict";
import { UsageError } from "./errors.ts";
import { formatBytes, formatDuration, parseMemory } from "./quantities.ts";

Deno.test("parseMemory() reads binary and decimal units", () => {
  assert.deepEqual(["4GiB", "512 MiB", "1.5GB", "100"].map(parseMemory), [
    4 * 2 ** 30,
    512 * 2 ** 20,
    1.5e9,
    100,
  ]);
  for (const wrong of ["", "much", "-1GiB", "4 GiBs", "0"]) {
    assert.throws(() => parseMemory(wrong), UsageError);
  }
});

Deno.test("formatBytes() and formatDuration() carry over to the larger unit", () => {
  assert.deepEqual([0, 1023, 1024, 1.5 * 2 ** 30].map(formatBytes), [
    "0 bytes",
    "1023 bytes",
    "1 KiB",
    "1.5 GiB",
  ]);
  assert.deepEqual([0.25, 59.4, 59.9, 3599, 7199].map(formatDuration), [
    "0.25 s",
    "59 s",
    "1 min 0 s",
    "59 min 59 s",
    "2 h 0 min",
  ]);
});
