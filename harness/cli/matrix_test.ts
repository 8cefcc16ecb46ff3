import assert from "node:assert/strict";
import { main } from "./main.ts";

/** Runs the command line in this process; gives its exit code and what it printed. */
async function run(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  const { log, error } = console;
  const [out, err]: [string[], string[]] = [[], []];
  console.log = (text: string) => out.push(text);
  console.error = (text: string) => err.push(text);
  try {
    return { code: await main(args), out: out.join("\n"), err: err.join("\n") };
  } finally {
    console.log = log;
    console.error = error;
  }
}

async function inFolder(body: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    await body(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("matrix runs every combination once, compares them, and goes on where it stopped", () =>
  inFolder(async (folder) => {
    const small = ["--profile", "untrained", "--networks", "vgg-28", "--samples", "30", "--quiet"];
    const where = ["--store", `${folder}/store`, "--out", `${folder}/out`];
    const args = ["matrix", "id-hunchback", ...small, ...where, "--devices", "cpu,wasm"];
    const { code, out } = await run(...args);
    assert.equal(code, 0, out);
    assert.match(out, /networks\/vgg-28\/layers\/input\/twonn .* L0/);
    assert.match(out, /networks\/vgg-28\/layers\/fc1\/twonn .* L1/);
    assert.match(out, /hunch\.untrained-flat.* gate +(\S.*\S) +\1 +yes/);
    for (const device of ["cpu", "wasm"]) {
      const path = `${folder}/out/untrained-${device}-ort-seed-999/result.json`;
      assert.equal(JSON.parse(await Deno.readTextFile(path)).device.kind, device);
    }
    const again = await run(...args, "--json");
    assert.deepEqual(
      JSON.parse(again.out),
      JSON.parse(await Deno.readTextFile(`${folder}/out/matrix.json`)),
    );
    const path = `${folder}/out/untrained-wasm-ort-seed-999/result.json`;
    assert.equal(JSON.parse(await Deno.readTextFile(path)).environment.cells.computed, 0);
  }));

Deno.test("matrix tells which combinations failed and why", () =>
  inFolder(async (folder) => {
    const { code, out } = await run(
      ...["matrix", "id-hunchback", "--profile", "paper", "--data-root", folder, "--quiet"],
      ...[
        "--store",
        `${folder}/store`,
        "--out",
        `${folder}/out`,
        "--device",
        "cpu",
        "--seeds",
        "1,2",
      ],
    );
    assert.equal(code, 3);
    assert.match(out, /failed: .*paper-cpu-ort-seed-1: .*no such file/);
    assert.match(out, /failed: .*paper-cpu-ort-seed-2/);
  }));
