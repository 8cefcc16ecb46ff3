import assert from "node:assert/strict";
import { RunError } from "../base/mod.ts";
import { writeAtomically } from "./atomic_write.ts";
import { decodeArtifact, encodeArtifact } from "./artifact.ts";
import { type Cell, cellKey } from "./cell.ts";
import { Store } from "./store.ts";

const never = new AbortController().signal;

function cell(name: string): Cell {
  return { stage: "test", version: 1, parameters: { name, list: [1, 2.5] }, inputs: { a: "b" } };
}

async function inStore(
  body: (store: Store, folder: string, warnings: string[]) => Promise<void>,
): Promise<void> {
  const folder = await Deno.makeTempDir();
  const warnings: string[] = [];
  try {
    await body(await Store.open(folder, (message) => warnings.push(message)), folder, warnings);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

async function* files(folder: string): AsyncGenerator<string> {
  for await (const entry of Deno.readDir(folder)) {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory) yield* files(path);
    else yield path;
  }
}

Deno.test("cellKey() does not depend on the order of keys and refuses NaN", () => {
  const key = cellKey({ stage: "s", version: 1, parameters: { a: 1, b: 2 }, inputs: {} });
  assert.equal(key, cellKey({ inputs: {}, parameters: { b: 2, a: 1 }, version: 1, stage: "s" }));
  assert.notEqual(key, cellKey({ stage: "s", version: 2, parameters: { a: 1, b: 2 }, inputs: {} }));
  assert.throws(
    () => cellKey({ stage: "s", version: 1, parameters: { a: NaN }, inputs: {} }),
    /NaN/,
  );
});

Deno.test("Store computes a cell once and serves it afterwards", () =>
  inStore(async (store) => {
    let runs = 0;
    const work = () => Promise.resolve({ value: ++runs });
    assert.equal((await store.compute(cell("a"), never, work)).cached, false);
    const { artifact, cached } = await store.compute(cell("a"), never, work);
    assert.deepEqual([artifact.payload, cached, runs], [{ value: 1 }, true, 1]);
  }));

Deno.test("Store never serves a failure, but keeps a record of it", () =>
  inStore(async (store, folder) => {
    const fail = () => Promise.reject(new RunError("x.jpg: broken"));
    await assert.rejects(() => store.compute(cell("a"), never, fail), /x\.jpg: broken/);
    const record = await Deno.readTextFile(`${folder}/failures/${cellKey(cell("a"))}.json`);
    assert.match(record, /x\.jpg: broken/);
    const { cached } = await store.compute(cell("a"), never, () => Promise.resolve(1));
    assert.equal(cached, false);
  }));

Deno.test("decodeArtifact() sees every flipped byte", () => {
  const bytes = encodeArtifact({ cell: cell("a"), payload: { value: 17 }, seconds: 1 });
  for (let at = 0; at < bytes.length; at++) {
    assert.throws(() => decodeArtifact(bytes.with(at, bytes[at]! ^ 0x10)), `byte ${at}`);
  }
});

Deno.test("Store sets a damaged artifact aside, says so, and computes it again", () =>
  inStore(async (store, folder, warnings) => {
    await store.compute(cell("a"), never, () => Promise.resolve("first"));
    const [path] = await Array.fromAsync(files(`${folder}/artifacts`));
    const bytes = await Deno.readFile(path!);
    await Deno.writeFile(path!, bytes.with(bytes.length - 5, bytes.at(-5)! ^ 1));
    const { artifact } = await store.compute(cell("a"), never, () => Promise.resolve("second"));
    assert.equal(artifact.payload, "second");
    assert.equal(warnings.length, 1);
    assert.match(warnings[0]!, /digest .* when expected .*will be computed again/);
    assert.equal((await Array.fromAsync(files(`${folder}/corrupt`))).length, 1);
  }));

Deno.test("decodeArtifact() says which version it found", () => {
  const text = new TextDecoder().decode(
    encodeArtifact({ cell: cell("a"), payload: 1, seconds: 1 }),
  );
  const newer = new TextEncoder().encode(text.replace("IDCELL 1", "IDCELL 2"));
  assert.throws(() => decodeArtifact(newer), /got artifact v2 when expected v1/);
});

Deno.test("Store lets two askers compute one cell once", () =>
  inStore(async (store) => {
    let runs = 0;
    const work = async () => {
      runs++;
      await new Promise((resolve) => setTimeout(resolve, 300));
      return runs;
    };
    const both = [store.compute(cell("a"), never, work), store.compute(cell("a"), never, work)];
    const results = await Promise.all(both);
    assert.deepEqual(results.map(({ artifact }) => artifact.payload), [1, 1]);
    assert.deepEqual(results.map(({ cached }) => cached).sort(), [false, true]);
  }));

Deno.test("Store takes over the lock of a killed process", () =>
  inStore(async (store, folder) => {
    const lock = `${folder}/locks/${cellKey(cell("a"))}`;
    await Deno.writeTextFile(lock, "1\n");
    const longAgo = new Date(Date.now() - 60_000);
    await Deno.utime(lock, longAgo, longAgo);
    const { artifact } = await store.compute(cell("a"), never, () => Promise.resolve("mine"));
    assert.equal(artifact.payload, "mine");
  }));

Deno.test("writeAtomically() leaves the old file and no temporary when the disk is full", async () => {
  const folder = await Deno.makeTempDir();
  const open = Deno.open;
  try {
    const path = `${folder}/a`;
    await writeAtomically(path, new TextEncoder().encode("old"));
    Deno.open = async (...args) => {
      const file = await open(...args);
      file.write = () => Promise.reject(new Error("No space left on device (os error 28)"));
      return file;
    };
    await assert.rejects(
      () => writeAtomically(path, new TextEncoder().encode("new")),
      (error) =>
        error instanceof RunError && /\/a: cannot be written: No space left/.test(error.message),
    );
    assert.equal(await Deno.readTextFile(path), "old");
    assert.deepEqual(Array.from(Deno.readDirSync(folder), ({ name }) => name), ["a"]);
  } finally {
    Deno.open = open;
    await Deno.remove(folder, { recursive: true });
  }
});
