import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { RunError } from "../base/mod.ts";
import { type Cell, cellKey } from "./cell.ts";
import { Store, type StoreOptions } from "./store.ts";
import { CELL, diskOf, inTemporaryFolder, namesIn, PAYLOAD, QUICK } from "./store_fixtures.ts";

const KEY = cellKey(CELL);
const OTHER: Cell = { ...CELL, version: 2 };
const never = new AbortController().signal;

/** A store in a new folder, and what it warned of. */
function inStore(
  body: (store: Store, folder: string, warnings: string[]) => Promise<void>,
  options: StoreOptions = {},
): Promise<void> {
  return inTemporaryFolder(async (folder) => {
    const warnings: string[] = [];
    using store = await Store.open(folder, (message) => warnings.push(message), options);
    await body(store, folder, warnings);
  });
}

function isOurs(name: string): boolean {
  return name.startsWith(`${Deno.pid}-`);
}

function fileOf(folder: string, key = KEY): string {
  return `${folder}/artifacts/${key.slice(0, 2)}/${key}`;
}

Deno.test("Store.get() gives what Store.put() took, after it was opened again", () =>
  inStore(async (store, folder) => {
    assert.equal(await store.has(CELL), false);
    assert.equal(await store.get(CELL), undefined);
    await store.put(CELL, PAYLOAD, 1.5);
    await store.put(OTHER, Uint8Array.of(1, 10, 2), 0);
    using again = await Store.open(folder, assert.fail);
    assert.equal(await again.has(CELL), true);
    assert.deepEqual(await again.get(CELL), { cell: CELL, payload: PAYLOAD, seconds: 1.5 });
    assert.deepEqual((await again.get(OTHER))?.payload, Uint8Array.of(1, 10, 2));
    assert.deepEqual(namesIn(store.temporaryFolder), ["owner"]);
  }));

Deno.test("Store.get() sets aside an artifact with a flipped byte, wherever it is", () =>
  inStore(async (store, folder, warnings) => {
    await store.put(CELL, PAYLOAD, 1.5);
    const path = fileOf(folder);
    const whole = await Deno.readFile(path);
    for (let at = 0; at < whole.length; at++) {
      const damaged = whole.slice();
      damaged[at]! ^= 1;
      await Deno.writeFile(path, damaged);
      assert.equal(await store.get(CELL), undefined, `byte ${at}`);
      assert.equal(await store.has(CELL), false);
    }
    assert.equal(namesIn(`${folder}/corrupt`).length, whole.length);
    assert.equal(warnings.length, whole.length);
    assert(warnings.every((warning) => warning.startsWith(`${path}: `)));
    assert.match(warnings.at(-1)!, /digest .* when expected .*; moved to .*\/corrupt\/.*, will be/);
  }));

Deno.test("Store.get() sets aside an artifact that stands in another's place", () =>
  inStore(async (store, folder, warnings) => {
    await store.put(CELL, PAYLOAD, 1);
    await store.put(OTHER, PAYLOAD, 1);
    await Deno.copyFile(fileOf(folder), fileOf(folder, cellKey(OTHER)));
    assert.equal(await store.get(OTHER), undefined);
    assert.match(warnings.join(), RegExp(`holds cell ${KEY} when expected ${cellKey(OTHER)}`));
    assert.deepEqual((await store.get(CELL))?.payload, PAYLOAD);
  }));

Deno.test("Store.compute() computes again what was truncated", () =>
  inStore(async (store, folder, warnings) => {
    await store.put(CELL, PAYLOAD, 1.5);
    await Deno.truncate(fileOf(folder), 80);
    const { artifact, cached } = await store.compute(CELL, never, () => Promise.resolve(PAYLOAD));
    assert.equal(cached, false);
    assert.deepEqual(artifact.payload, PAYLOAD);
    assert.equal(warnings.length, 1);
    assert.deepEqual((await store.get(CELL))?.payload, PAYLOAD);
  }));

Deno.test("Store.compute() works once, and gives the same value fresh and cached", () =>
  inStore(async (store) => {
    let calls = 0;
    const work = () => Promise.resolve({ call: ++calls, absent: undefined, zero: -0 });
    const fresh = await store.compute(CELL, never, work);
    const cached = await store.compute(CELL, never, work);
    assert.deepEqual(fresh, { artifact: fresh.artifact, cached: false });
    assert.deepEqual(cached, { artifact: fresh.artifact, cached: true });
    assert.deepEqual(fresh.artifact.payload, { call: 1, zero: 0 });
  }));

Deno.test("Store.compute() works once when two callers of one process want the same cell", () =>
  inStore(async (store) => {
    let calls = 0;
    const work = async () => {
      calls++;
      await new Promise((resolve) => setTimeout(resolve, 150));
      return PAYLOAD;
    };
    const both = await Promise.all([1, 2].map(() => store.compute(CELL, never, work)));
    assert.equal(calls, 1);
    assert.deepEqual(both.map(({ cached }) => cached).sort(), [false, true]);
  }));

Deno.test("Store.compute() records a failure, throws it and never serves it", () =>
  inStore(async (store, folder) => {
    const failure = new RunError("layer conv3 has no finite value");
    await assert.rejects(store.compute(CELL, never, () => Promise.reject(failure)), failure);
    const record = `${folder}/failures/${KEY}.json`;
    assert.deepEqual(JSON.parse(await Deno.readTextFile(record)), {
      cell: CELL,
      error: "layer conv3 has no finite value",
    });
    assert.equal(await store.has(CELL), false);
    assert.equal(await store.get(CELL), undefined);
    assert.deepEqual(namesIn(`${folder}/locks`), []);
    const { cached } = await store.compute(CELL, never, () => Promise.resolve(PAYLOAD));
    assert.equal(cached, false);
    assert.deepEqual(namesIn(`${folder}/failures`), []);
  }));

Deno.test("Store.compute() records nothing when it is interrupted", () =>
  inStore(async (store, folder) => {
    const interrupt = new AbortController();
    const work = async (signal: AbortSignal) => {
      interrupt.abort();
      await Promise.resolve();
      signal.throwIfAborted();
    };
    await assert.rejects(store.compute(CELL, interrupt.signal, work), { name: "AbortError" });
    assert.deepEqual(namesIn(`${folder}/failures`), []);
    assert.deepEqual(namesIn(`${folder}/locks`), []);
  }));

Deno.test("Store.put() throws RunError and keeps earlier artifacts when the disk is full", () => {
  return inStore(async (store, folder) => {
    await store.put(CELL, PAYLOAD, 1);
    const full = new RunError(
      `${fileOf(folder, cellKey(OTHER))}: cannot be written: No space left on device (os error 28)`,
    );
    await assert.rejects(store.put(OTHER, new Uint8Array(2000), 1), full);
    await assert.rejects(store.compute(OTHER, never, () => Promise.resolve([])), full);
    assert.deepEqual(namesIn(store.temporaryFolder), ["owner"]);
    assert.deepEqual(namesIn(`${folder}/locks`), []);
    assert.equal(await store.has(OTHER), false);
    assert.deepEqual((await store.get(CELL))?.payload, PAYLOAD);
  }, { create: diskOf(1000) });
});

Deno.test("Store.open() throws RunError when a file is in the way", async () => {
  const file = await Deno.makeTempFile();
  try {
    await assert.rejects(
      Store.open(file, assert.fail),
      (error) =>
        error instanceof RunError && error.message.startsWith(`${file}: cannot be used as a store`),
    );
  } finally {
    await Deno.remove(file);
  }
});

/** Starts store_process_fixture.ts with the permissions of a run. */
function start(folder: string, hangIn: "nowhere" | "work" | "write") {
  const fixture = fileURLToPath(new URL("store_process_fixture.ts", import.meta.url));
  const process = new Deno.Command(Deno.execPath(), {
    args: [
      "run",
      "--no-prompt",
      "--allow-read",
      `--allow-write=${folder}`,
      fixture,
      folder,
      hangIn,
    ],
    stdout: "piped",
    stderr: "inherit",
  }).spawn();
  const lines = process.stdout.pipeThrough(new TextDecoderStream()).values();
  let output = "";
  return {
    process,
    /** Reads until the process says `word` or ends. */
    async until(word: string): Promise<string> {
      while (!output.includes(word)) {
        const { value, done } = await lines.next();
        if (done) break;
        output += value;
      }
      return output;
    },
  };
}

for (const hangIn of ["work", "write"] as const) {
  Deno.test(`Store.compute() repeats a cell when its process was killed in ${hangIn}`, () =>
    inStore(async (store, folder, warnings) => {
      const victim = start(folder, hangIn);
      await victim.until(hangIn === "work" ? "working" : "half written");
      victim.process.kill("SIGKILL");
      await victim.process.status;
      const left = `${folder}/tmp/${namesIn(`${folder}/tmp`).find((name) => !isOurs(name))}`;
      assert.equal(namesIn(left).length, hangIn === "work" ? 1 : 2);
      assert.deepEqual(
        namesIn(`${folder}/artifacts`).flatMap((ab) => namesIn(`${folder}/artifacts/${ab}`)),
        [],
      );

      const { cached } = await store.compute(CELL, never, () => Promise.resolve(PAYLOAD));
      assert.equal(cached, false);
      const wait = `waiting for process ${victim.process.pid}, which computes cell ${KEY}`;
      assert.deepEqual(warnings, warnings.length === 0 ? [] : [wait]);
      assert.deepEqual(namesIn(`${folder}/locks`), []);
      using _again = await Store.open(folder, assert.fail, { patience: QUICK });
      assert.deepEqual(namesIn(`${folder}/tmp`).filter((name) => !isOurs(name)), ["takeover"]);

      const repeated = start(folder, "nowhere");
      assert.equal(await repeated.until("cached"), "cached\n");
      assert((await repeated.process.status).success);
    }, { patience: QUICK }));
}

Deno.test("Store.compute() waits for another process and takes its result", () =>
  inStore(async (store, folder, warnings) => {
    let finish = () => {};
    const mayFinish = new Promise<void>((resolve) => finish = resolve);
    const ours = store.compute(CELL, never, async () => {
      await mayFinish;
      return PAYLOAD;
    });
    const other = start(folder, "nowhere");
    await other.until("waiting");
    // Longer than a dead owner would get.
    await new Promise((resolve) => setTimeout(resolve, 2 * QUICK.dead));
    finish();
    assert.equal((await ours).cached, false);
    assert.equal(
      await other.until("cached"),
      `warning: waiting for process ${Deno.pid}, which computes cell ${KEY}\ncached\n`,
    );
    assert((await other.process.status).success);
    assert.deepEqual(warnings, []);
    assert.deepEqual(namesIn(`${folder}/locks`), []);
    assert.deepEqual(namesIn(`${folder}/tmp`).length, 1);
  }, { patience: QUICK }));
