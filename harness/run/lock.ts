/**
 * A lock between processes: a file that only one of them can create, kept young by a heartbeat so that
 * the lock of a killed process is taken over.
 *
 * @module
 */

/** How often the holder touches its lock. */
const HEARTBEAT = 2_000;

/** A lock that was not touched for this long belongs to nobody. */
const STALE = 15_000;

/** How long to wait before looking again, in milliseconds. */
const POLL = 200;

/**
 * Waits until the lock at `path` is ours.
 *
 * @returns Releases the lock when disposed of.
 */
export async function acquireLock(path: string, signal: AbortSignal): Promise<AsyncDisposable> {
  for (;;) {
    signal.throwIfAborted();
    try {
      await Deno.writeTextFile(path, `${Deno.pid}\n`, { createNew: true });
      break;
    } catch (error) {
      if (!(error instanceof Deno.errors.AlreadyExists)) throw error;
    }
    await removeStale(path);
    await new Promise((resolve) => setTimeout(resolve, POLL));
  }
  const beat = setInterval(() => {
    const now = new Date();
    Deno.utime(path, now, now).catch(() => {});
  }, HEARTBEAT);
  return {
    async [Symbol.asyncDispose]() {
      clearInterval(beat);
      await Deno.remove(path).catch(() => {});
    },
  };
}

async function removeStale(path: string): Promise<void> {
  try {
    const { mtime } = await Deno.stat(path);
    if (mtime && Date.now() - mtime.getTime() > STALE) await Deno.remove(path);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
}
