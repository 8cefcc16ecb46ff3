/**
 * A process for resume_test.ts: trains with its checkpoint in the folder given as the first argument, and
 * hangs where the second one says, so that it can be killed there.
 *
 * @module
 */
import { placeIn, run } from "./testdata/interrupted_run.ts";

const [folder, hangIn] = Deno.args as [string, "step" | "between epochs"];

/** Nobody waits for longer than this. */
const LONGEST = 60_000;

/** Steps until the process hangs: in the middle of the third epoch. */
const STEPS = 21;

const place = placeIn(folder);
let steps = 0;
let checkpoints = 0;

await run(
  {
    ...place,
    async write(path, bytes) {
      await place.write(path, bytes);
      if (hangIn === "between epochs" && ++checkpoints === 2) hang();
    },
  },
  () => {
    if (++steps === STEPS && hangIn === "step") hang();
  },
);

function hang(): void {
  console.log("hanging");
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, LONGEST);
}
