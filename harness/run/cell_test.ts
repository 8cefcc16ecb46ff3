import assert from "node:assert/strict";
import { type Cell, cellKey } from "./cell.ts";
import { CELL } from "./store_fixtures.ts";

Deno.test("cellKey() is the SHA-256 of the canonical JSON", () => {
  // printf '{"inputs":{"network":"abab..."},"parameters":{...},"stage":...,"version":1}' | sha256sum
  assert.equal(cellKey(CELL), "30ea5029c076da886957539e33beffac9f3955c97ccca61bc80dd77b25444dcd");
});

Deno.test("cellKey() does not depend on the order of members", () => {
  const { inputs, parameters, version, stage } = CELL;
  assert.equal(
    cellKey({ inputs, parameters: { network: "resnet18", samples: 500 }, version, stage }),
    cellKey(CELL),
  );
  assert.notDeepEqual(Object.keys(parameters), ["network", "samples"]);
});

Deno.test("cellKey() changes with every part of the cell", () => {
  const others: Cell[] = [
    { ...CELL, stage: "train" },
    { ...CELL, version: 2 },
    { ...CELL, parameters: { ...CELL.parameters, samples: 499 } },
    { ...CELL, parameters: { ...CELL.parameters, samples: "500" } },
    { ...CELL, parameters: { ...CELL.parameters, seed: null } },
    { ...CELL, inputs: { network: "ac".repeat(32) } },
    { ...CELL, inputs: { images: "ab".repeat(32) } },
  ];
  assert.equal(new Set([CELL, ...others].map(cellKey)).size, others.length + 1);
});

Deno.test("cellKey() throws TypeError when a setting cannot be spelled as JSON", () => {
  const key = (setting: unknown) => () => cellKey({ ...CELL, parameters: { list: [{ setting }] } });
  const at = "at parameters.list[0].setting as JSON";
  assert.throws(key(NaN), new TypeError(`Cannot spell NaN (number) ${at}`));
  assert.throws(key(new Map()), new TypeError(`Cannot spell an instance of Map ${at}`));
  assert.throws(
    key(new Float32Array(2)),
    new TypeError(`Cannot spell an instance of Float32Array ${at}`),
  );
  assert.throws(key(1n), new TypeError(`Cannot spell 1 (bigint) ${at}`));
});
