import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { inTemporaryFolder, namesIn } from "../../base/testdata/disk.ts";
import type { Weights } from "../../train/mod.ts";
import { weightsOf } from "./network_weights.ts";
import { run, type TrainedStage } from "./testdata/interrupted_stages.ts";
import type { TrainedProtoPNet } from "./train_protopnet.ts";

function bits(weights: Weights) {
  return [...weights].map(([name, { dims, data }]) => [
    name,
    dims,
    [...new Uint32Array(data.buffer, data.byteOffset, data.length)],
  ]);
}

function everyBit({ net, history, chosen }: TrainedProtoPNet) {
  return { weights: bits(weightsOf(net)), history, chosen };
}

/** Starts stages_process_fixture.ts and kills it where it hangs. */
async function killIn(folder: string, stage: TrainedStage): Promise<void> {
  const fixture = fileURLToPath(new URL("stages_process_fixture.ts", import.meta.url));
  const permissions = ["--no-prompt", "--allow-read", `--allow-write=${folder}`, "--allow-ffi"];
  const process = new Deno.Command(Deno.execPath(), {
    args: ["run", "--no-check", ...permissions, fixture, folder, stage],
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

/** Steps of the resumed run: what the last checkpoint does not have, the interrupted epoch again. */
const LEFT = { "joint": 3 * 5 + 2 * 20, "last-layer": 5 + 20 } as const;

for (const stage of ["joint", "last-layer"] as const) {
  Deno.test(`trainProtoPNet() ends in the same bits when it was killed in the ${stage} stage`, () =>
    inTemporaryFolder(async (folder) => {
      await Deno.mkdir(`${folder}/whole`);
      const whole = await run(`${folder}/whole`);
      await killIn(folder, stage);
      assert.deepEqual(namesIn(folder), ["run", "whole"]);
      let steps = 0;
      const resumed = await run(folder, () => steps++);
      assert.equal(steps, LEFT[stage]);
      assert.deepEqual(everyBit(resumed), everyBit(whole));
    }));
}
