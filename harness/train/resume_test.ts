import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { inTemporaryFolder, namesIn } from "../base/testdata/disk.ts";
import type { Weights } from "./engine.ts";
import { placeIn, run } from "./testdata/interrupted_run.ts";
import type { TrainedNetwork } from "./train_network.ts";

function bits(weights: Weights) {
  return [...weights].map(([name, { dims, data }]) => [
    name,
    dims,
    [...new Uint32Array(data.buffer, data.byteOffset, data.length)],
  ]);
}

function everyBit({ weights, history, snapshots }: TrainedNetwork) {
  return {
    weights: bits(weights),
    history,
    snapshots: snapshots.map(({ step, weights }) => ({ step, weights: bits(weights) })),
  };
}

/** Starts train_process_fixture.ts and kills it where it hangs. */
async function killIn(folder: string, place: "step" | "between epochs"): Promise<void> {
  const fixture = fileURLToPath(new URL("train_process_fixture.ts", import.meta.url));
  const process = new Deno.Command(Deno.execPath(), {
    args: [
      "run",
      "--no-prompt",
      "--allow-read",
      `--allow-write=${folder}`,
      "--allow-ffi",
      fixture,
      folder,
      place,
    ],
    stdout: "piped",
    stderr: "inherit",
  }).spawn();
  let output = "";
  for await (const text of process.stdout.pipeThrough(new TextDecoderStream())) {
    output += text;
    if (!output.includes("hanging")) continue;
    process.kill("SIGKILL");
    break;
  }
  const { signal } = await process.status;
  assert.equal(signal, "SIGKILL");
}

for (const place of ["step", "between epochs"] as const) {
  const when = place === "step" ? "within an epoch" : place;
  Deno.test(`trainNetwork() ends in the same bits when it was killed ${when}`, () =>
    inTemporaryFolder(async (folder) => {
      const whole = await run(placeIn(`${folder}/whole`));
      await killIn(folder, place);
      assert.deepEqual(namesIn(folder), ["run", "whole"]);
      let steps = 0;
      const resumed = await run(placeIn(folder), () => steps++);
      assert.equal(steps, 16);
      assert.deepEqual(everyBit(resumed), everyBit(whole));
    }));
}
