/**
 * A process for resume_test.ts: trains with its checkpoint in the folder given as the first argument, and
 * hangs in the stage that the second one names, so that it can be killed there.
 *
 * @module
 */
import { run, type TrainedStage } from "./testdata/interrupted_stages.ts";

const [folder, hangIn] = Deno.args as [string, TrainedStage];

/** Nobody waits for longer than this. */
const LONGEST = 60_000;

/** Five steps an epoch: within the second joint epoch, and the second of the second last-layer stage. */
const STEPS: Readonly<Partial<Record<TrainedStage, number>>> = { "joint": 8, "last-layer": 28 };

await run(folder, (stage, step) => {
  if (stage !== hangIn || step !== STEPS[stage]) return;
  console.log("hanging");
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, LONGEST);
});
