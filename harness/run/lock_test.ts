import assert from "node:assert/strict";
import { RunError } from "../base/mod.ts";
import { acquireLock, type LockOptions } from "./lock.ts";
import { inTemporaryFolder } from "./store_fixtures.ts";
import { type Patience, Workspace } from "./workspace.ts";

const PATIENCE: Patience = { heartbeat: 20, dead: 5_000, hung: 60_000 };
const GONE = "1234-00000000-0000-4000-8000-000000000000";

function inFolder(
  body: (path: string, options: LockOptions, waits: string[]) => Promise<void>,
): Promise<void> {
  return inTemporaryFolder(async (workspaces) => {
    using workspace = await Workspace.open(workspaces, PATIENCE);
    const waits: string[] = [];
    await body(`${workspaces}/lock`, {
      workspace,
      workspaces,
      patience: PATIENCE,
      poll: 10,
      signal: new AbortController().signal,
      onWait: (holder) => waits.push(holder),
    }, waits);
  });
}

async function makeOld(path: string, content: string, age: number): Promise<void> {
  await Deno.writeTextFile(path, content);
  const then = new Date(Date.now() - age);
  await Deno.utime(path, then, then);
}

function exists(path: string): boolean {
  try {
    return Deno.statSync(path).isFile;
  } catch {
    return false;
  }
}

/** The largest number of holders at a time, of so many that want the lock at once. */
async function mostInside(wanting: number, path: string, options: LockOptions): Promise<number> {
  let inside = 0;
  let most = 0;
  await Promise.all(Array.from({ length: wanting }, async () => {
    await using _lock = await acquireLock(path, options);
    most = Math.max(most, ++inside);
    await new Promise((resolve) => setTimeout(resolve, 2));
    inside--;
  }));
  return most;
}

Deno.test("acquireLock() lets one at a time through", () =>
  inFolder(async (path, options) => {
    assert.equal(await mostInside(5, path, options), 1);
    assert(!exists(path));
  }));

Deno.test("acquireLock() takes over when the holder's workspace is gone", () =>
  inFolder(async (path, options, waits) => {
    await Deno.writeTextFile(path, GONE);
    await using _lock = await acquireLock(path, options);
    assert.equal(await Deno.readTextFile(path), options.workspace.name);
    assert.deepEqual(waits, []);
  }));

Deno.test("acquireLock() lets one at a time through when many find the same stale lock", () =>
  inFolder(async (path, options) => {
    for (let round = 0; round < 10; round++) {
      await Deno.writeTextFile(path, GONE);
      assert.equal(await mostInside(5, path, options), 1);
    }
  }));

Deno.test("acquireLock() takes over a lock without a holder only when it is old", () =>
  inFolder(async (path, options, waits) => {
    await makeOld(path, "", 6_000);
    {
      await using _lock = await acquireLock(path, options);
      assert.equal(await Deno.readTextFile(path), options.workspace.name);
    }
    await makeOld(path, "", 0);
    const signal = AbortSignal.timeout(50);
    await assert.rejects(acquireLock(path, { ...options, signal }), { name: "TimeoutError" });
    assert.deepEqual(waits, [""]);
  }));

Deno.test("acquireLock() waits for a living holder until it is interrupted", () =>
  inFolder(async (path, options, waits) => {
    await using _lock = await acquireLock(path, options);
    const signal = AbortSignal.timeout(250);
    await assert.rejects(acquireLock(path, { ...options, signal }), { name: "TimeoutError" });
    assert.deepEqual(waits, [options.workspace.name]);
    assert(exists(path));
  }));

Deno.test("acquireLock() leaves the lock alone on release when another has taken it over", () =>
  inFolder(async (path, options) => {
    {
      await using _lock = await acquireLock(path, options);
      await Deno.writeTextFile(path, GONE);
    }
    assert.equal(await Deno.readTextFile(path), GONE);
  }));

Deno.test("acquireLock() throws RunError naming the file when it cannot be made", () =>
  inFolder(async (path, options) => {
    await assert.rejects(
      acquireLock(`${path}/absent/lock`, options),
      (error) =>
        error instanceof RunError &&
        error.message.startsWith(`${path}/absent/lock: cannot be locked: `),
    );
  }));
