/**
 * A lock between processes: a file that only one of them can create. It names the workspace of its
 * holder, so that the lock of a killed process is taken over.
 *
 * @module
 */
import { messageOf, RunError } from "../base/mod.ts";
import {
  isWorkspaceName,
  ownerState,
  type Patience,
  sinceTouched,
  takeFileLock,
  type Workspace,
} from "./workspace.ts";

/** What waiting for a lock needs. */
export interface LockOptions {
  readonly workspace: Workspace;
  /** Folder of all workspaces. */
  readonly workspaces: string;
  readonly patience: Patience;
  /** Milliseconds before looking again. */
  readonly poll?: number;
  readonly signal: AbortSignal;
  /** Hears once of the holder, when there is one to wait for. */
  readonly onWait: (holder: string) => void;
}

/**
 * Waits until the lock at `path` is ours.
 *
 * @returns Releases the lock when disposed of.
 * @throws {RunError} When the file can be neither made nor read.
 */
export async function acquireLock(path: string, options: LockOptions): Promise<AsyncDisposable> {
  const { workspace, poll = 100, signal, onWait } = options;
  let waiting = false;
  for (;;) {
    signal.throwIfAborted();
    try {
      if (await create(path, workspace.name)) break;
      if (await takeOver(path, options)) continue;
      if (!waiting) onWait(await holderOf(path) ?? "");
      waiting = true;
    } catch (error) {
      throw new RunError(`${path}: cannot be locked: ${messageOf(error)}`);
    }
    await pause(poll, signal);
  }
  return {
    async [Symbol.asyncDispose]() {
      // Whoever took the lock from us, because we were silent for too long, keeps it.
      if (await holderOf(path) === workspace.name) await removeIfThere(path);
    },
  };
}

async function create(path: string, holder: string): Promise<boolean> {
  try {
    using file = await Deno.open(path, { createNew: true, write: true });
    try {
      await file.write(new TextEncoder().encode(holder));
    } catch (error) {
      await Deno.remove(path);
      throw error;
    }
    return true;
  } catch (error) {
    if (error instanceof Deno.errors.AlreadyExists) return false;
    throw error;
  }
}

/** Removes the lock when its holder is gone; says whether trying again at once makes sense. */
async function takeOver(path: string, options: LockOptions): Promise<boolean> {
  if (!await isAbandoned(path, options)) return false;
  // Of many that see the same stale lock, the second must not remove the new lock of the first.
  using guard = await Deno.open(`${options.workspaces}/takeover`, { create: true, write: true });
  if (!await takeFileLock(guard) || !await isAbandoned(path, options)) return false;
  await removeIfThere(path);
  return true;
}

async function isAbandoned(
  path: string,
  { workspaces, patience }: LockOptions,
): Promise<boolean> {
  const holder = await holderOf(path);
  if (holder === undefined) return false;
  if (isWorkspaceName(holder)) {
    return await ownerState(`${workspaces}/${holder}`, patience) !== "alive";
  }
  // Its maker died between creating and writing it, or is about to write.
  const silence = await sinceTouched(path);
  return silence !== undefined && silence > patience.dead;
}

async function removeIfThere(path: string): Promise<void> {
  try {
    await Deno.remove(path);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
}

async function holderOf(path: string): Promise<string | undefined> {
  try {
    return await Deno.readTextFile(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}

function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener("abort", done);
      resolve();
    };
    const timer = setTimeout(done, milliseconds);
    signal.addEventListener("abort", done);
  });
}
