import assert from "node:assert/strict";

const SCRIPT = `
import { INTERRUPTED, interruptSignal } from "${new URL("interrupt.ts", import.meta.url)}";
{
  using interrupt = interruptSignal();
  interrupt.signal.addEventListener("abort", () => console.log(interrupt.signal.reason.name));
  console.log("ready");
  if (Deno.args[0] === "deaf") await new Promise((resolve) => setTimeout(resolve, 60_000));
  while (!interrupt.signal.aborted) await new Promise((resolve) => setTimeout(resolve, 10));
}
console.log("cleaned up");
Deno.exitCode = INTERRUPTED;
`;

/** Runs the script, sends the signals one after the other as it answers, and gives all it said. */
async function interrupted(signals: Deno.Signal[], ...args: string[]) {
  const script = await Deno.makeTempFile({ suffix: ".ts" });
  try {
    await Deno.writeTextFile(script, SCRIPT);
    const process = new Deno.Command(Deno.execPath(), {
      args: ["run", "--no-prompt", script, ...args],
      stdout: "piped",
      stderr: "inherit",
    }).spawn();
    let output = "";
    for await (const text of process.stdout.pipeThrough(new TextDecoderStream())) {
      output += text;
      const signal = signals.shift();
      if (signal) process.kill(signal);
    }
    return { output, code: (await process.status).code };
  } finally {
    await Deno.remove(script);
  }
}

const posix = { ignore: Deno.build.os === "windows" };

for (const name of ["SIGINT", "SIGTERM"] as const) {
  Deno.test(
    `interruptSignal() aborts on ${name} and lets the process clean up`,
    posix,
    async () => {
      assert.deepEqual(await interrupted([name]), {
        output: "ready\nAbortError\ncleaned up\n",
        code: 130,
      });
    },
  );
}

Deno.test("interruptSignal() ends the process at once on the second signal", posix, async () => {
  assert.deepEqual(await interrupted(["SIGINT", "SIGINT"], "deaf"), {
    output: "ready\nAbortError\n",
    code: 130,
  });
});
