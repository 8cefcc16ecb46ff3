import assert from "node:assert/strict";
import { sha256 } from "../base/mod.ts";
import { type Result, resultSchema } from "../spec/mod.ts";
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

async function readResult(folder: string): Promise<Result> {
  return resultSchema.parse(JSON.parse(await Deno.readTextFile(`${folder}/result.json`)));
}

const SMALL = [
  ...["reproduce", "id-hunchback", "--profile", "untrained"],
  ...["--networks", "vgg-28", "--samples", "40"],
  ...["--device", "cpu", "--quiet"],
];

const WRONG: [string[], number, RegExp][] = [
  [["reprodcue", "id-hunchback"], 2, /reprodcue: unknown command, did you mean "reproduce"\?/],
  [["reproduce"], 2, /reproduce: which experiment\?/],
  [["reproduce", "id-hunchbck"], 2, /unknown experiment, did you mean "id-hunchback"\?/],
  [
    ["reproduce", "id-hunchback", "--profil", "paper"],
    2,
    /--profil: unknown option, did you mean "profile"\?/,
  ],
  [
    ["reproduce", "id-hunchback", "--profile", "papr"],
    2,
    /unknown profile "papr", did you mean "paper"\?/,
  ],
  [
    ["reproduce", "id-hunchback", "--device", "gpu"],
    2,
    /--device: found "gpu", wanted one of auto/,
  ],
  [
    ["reproduce", "id-hunchback", "--samples", "3"],
    2,
    /--samples: found "3", wanted .* at least 30/,
  ],
  [["reproduce", "id-hunchback", "--samples", "1441"], 2, /wanted at most 1440/],
  [
    ["reproduce", "id-hunchback", "--engine", "torch"],
    2,
    /--engine: found "torch", wanted one of ort/,
  ],
  [
    ["reproduce", "id-hunchback", "--memory", "much"],
    2,
    /--memory: found "much", wanted a size such as 4GiB/,
  ],
  [
    ["reproduce", "id-hunchback", "--networks", "vgg-baer"],
    2,
    /has no network "vgg-baer", did you mean "vgg-bare"\?/,
  ],
  [["report", "nowhere.json"], 3, /nowhere\.json: no such file/],
  [["fetch"], 2, /fetch: wanted one name/],
];

for (const [args, code, message] of WRONG) {
  Deno.test(`main() refuses "${args.join(" ")}" with exit code ${code}`, () =>
    inFolder(async (store) => {
      const found = await run(...args, "--store", store);
      assert.equal(found.code, code, found.err);
      assert.match(found.err, message);
    }));
}

Deno.test("main() says which command brings the photographs when they are missing", () =>
  inFolder(async (folder) => {
    const { code, err } = await run(
      ...["reproduce", "id-hunchback", "--profile", "paper", "--data-root", folder],
      ...["--store", folder, "--out", `${folder}/out`],
    );
    assert.equal(code, 3);
    assert.match(err, /classes\.json: no such file; "deno task fetch imagenet" brings it/);
  }));

Deno.test("main() writes result and report, says what was narrowed, and caches", () =>
  inFolder(async (folder) => {
    const where = ["--store", `${folder}/store`, "--out", `${folder}/out`];
    await run(...SMALL, ...where);
    const first = await readResult(`${folder}/out`);
    assert.deepEqual(first.narrowed, ["--networks vgg-28", "--samples 40"]);
    assert.equal(first.environment.cells.computed, 10);
    assert.equal(first.networks[0]!.layers[0]!.groups.length, 10);
    const html = await Deno.readTextFile(`${folder}/out/report.html`);
    assert.match(html, /hunch\.untrained-flat/);
    const lock = await Deno.readTextFile(`${folder}/out/deno.lock`);
    assert.equal(sha256(lock), first.environment.lockSha256);

    const plan = JSON.parse((await run("plan", ...SMALL.slice(1), ...where, "--json")).out);
    assert.deepEqual([plan.networks[0].cells, plan.networks[0].cached], [10, 10]);

    await run(...SMALL, ...where);
    const second = await readResult(`${folder}/out`);
    assert.equal(second.environment.cells.cached, 10);
    assert.deepEqual(second.networks, first.networks);
    assert.deepEqual(second.claims, first.claims);

    await Deno.remove(`${folder}/out/report.html`);
    assert.equal((await run("report", `${folder}/out/result.json`)).code, 0);
    assert.ok((await Deno.stat(`${folder}/out/report.html`)).size > 10_000);
  }));

for (const name of ["list", "describe"]) {
  Deno.test(`main() prints ${name} as text and as JSON`, async () => {
    const args = name === "list" ? [name] : [name, "id-hunchback"];
    assert.match((await run(...args)).out, /hunchback/);
    assert.ok(JSON.parse((await run(...args, "--json")).out));
  });
}

/** The command in a process of its own. */
function start(folder: string, out: string): Deno.ChildProcess {
  const program = new URL("./main.ts", import.meta.url).pathname;
  return new Deno.Command(Deno.execPath(), {
    args: [
      ...["run", "--no-check", "--allow-read", "--allow-write", "--allow-ffi", program],
      ...[...SMALL, "--store", `${folder}/store`, "--out", `${folder}/${out}`],
    ],
    stdout: "null",
    stderr: "null",
  }).spawn();
}

/** Waits until the store holds at least one artifact. */
async function firstArtifact(folder: string): Promise<void> {
  for (let tries = 0; tries < 3000; tries++) {
    try {
      for await (const { name } of Deno.readDir(`${folder}/store/artifacts`)) {
        for await (const file of Deno.readDir(`${folder}/store/artifacts/${name}`)) {
          if (/^[0-9a-f]{64}$/.test(file.name)) return;
        }
      }
    } catch (error) {
      if (!(error instanceof Deno.errors.NotFound)) throw error;
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  assert.fail("no artifact appeared");
}

for (const [signal, code] of [["SIGKILL", 137], ["SIGINT", 130]] as const) {
  Deno.test(`a run ended by ${signal} goes on where it stopped`, () =>
    inFolder(async (folder) => {
      const child = start(folder, "interrupted");
      await firstArtifact(folder);
      child.kill(signal);
      const status = await child.status;
      assert.equal(status.code, code);
      await run(...SMALL, "--store", `${folder}/store`, "--out", `${folder}/resumed`);
      await run(...SMALL, "--store", `${folder}/fresh`, "--out", `${folder}/whole`);
      const [resumed, whole] = [
        await readResult(`${folder}/resumed`),
        await readResult(`${folder}/whole`),
      ];
      assert.ok(resumed.environment.cells.cached > 0);
      assert.deepEqual(resumed.networks, whole.networks);
    }));
}

Deno.test("two runs at once on one store compute each cell once", () =>
  inFolder(async (folder) => {
    const both = [start(folder, "a"), start(folder, "b")];
    await Promise.all(both.map((child) => child.status));
    const [a, b] = [await readResult(`${folder}/a`), await readResult(`${folder}/b`)];
    assert.equal(a.environment.cells.computed + b.environment.cells.computed, 10);
    assert.deepEqual(a.networks, b.networks);
  }));
