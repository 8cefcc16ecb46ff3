import assert from "node:assert/strict";
import { RunError } from "../base/mod.ts";
import { type Device, openCpu, openWasm } from "../device/mod.ts";
import { channelBlock } from "./channel_block.ts";

const cpu = await openCpu(1);

Deno.test("channelBlock() is the width of a vector register where there are blocks", async () => {
  assert.ok([8, 16, undefined].includes(await channelBlock(cpu)));
});

Deno.test("channelBlock() is undefined on other devices", async () => {
  assert.equal(await channelBlock(await openWasm(1)), undefined);
});

Deno.test("channelBlock() is undefined when the runtime does not know the operator", async () => {
  const refusing: Device = { ...cpu, open: () => Promise.reject(new RunError("not registered")) };
  assert.equal(await channelBlock(refusing), undefined);
});

Deno.test("channelBlock() is undefined when a pixel is not filled up", async () => {
  const session = {
    inputNames: ["pixel"],
    outputNames: ["block"],
    run: () => Promise.resolve({ block: { dims: [1, 4, 1, 1], data: new Float32Array(4) } }),
    release: () => Promise.resolve(),
  };
  const plain: Device = { ...cpu, open: () => Promise.resolve(session) };
  assert.equal(await channelBlock(plain), undefined);
});
