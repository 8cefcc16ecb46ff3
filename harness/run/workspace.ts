/**
 * A folder that belongs to one running process, with a sign of life in it that other processes can
 * judge without permission to ask the system about processes: a file that the owner keeps locked, which
 * the system undoes when the owner dies, and touches now and then.
 *
 * @module
 */

/** How long signs of life may stay away, in milliseconds. */
export interface Patience {
  /** Between two signs of life. */
  readonly heartbeat: number;
  /** Silence after which an owner that holds no lock on its file counts as dead. */
  readonly dead: number;
  /** Silence after which an owner that does, for instance a stopped process, counts as hung. */
  readonly hung: number;
}

/** The limits for real runs. */
export const PATIENCE: Patience = { heartbeat: 1_000, dead: 5_000, hung: 600_000 };

/** What other processes can know of an owner. */
export type OwnerState = "alive" | "dead" | "hung";

/** `<pid>-<uuid>` */
const NAME = /^\d+-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** A process's own folder. Disposal deletes it. */
export class Workspace implements Disposable {
  readonly name: string;
  readonly folder: string;
  readonly #sign: Deno.FsFile;
  readonly #timer: ReturnType<typeof setInterval>;

  private constructor(parent: string, name: string, sign: Deno.FsFile, heartbeat: number) {
    this.name = name;
    this.folder = `${parent}/${name}`;
    this.#sign = sign;
    this.#timer = setInterval(() => touch(sign), heartbeat);
    this.#timer.unref();
  }

  /** Makes a folder of the calling process in `parent`. */
  static async open(parent: string, { heartbeat }: Patience): Promise<Workspace> {
    const name = await createOwnFolder(parent);
    const sign = await Deno.open(signOf(`${parent}/${name}`), { createNew: true, write: true });
    await takeFileLock(sign);
    return new Workspace(parent, name, sign, heartbeat);
  }

  [Symbol.dispose](): void {
    clearInterval(this.#timer);
    this.#sign.close();
    try {
      Deno.removeSync(this.folder, { recursive: true });
    } catch (error) {
      if (!(error instanceof Deno.errors.NotFound)) throw error;
    }
  }
}

/** Whether a text is the name of a workspace. */
export function isWorkspaceName(name: string): boolean {
  return NAME.test(name);
}

/** The state of the process that made the workspace `folder`. */
export async function ownerState(folder: string, { dead, hung }: Patience): Promise<OwnerState> {
  const silence = await sinceTouched(signOf(folder)) ?? await sinceTouched(folder);
  if (silence === undefined) return "dead";
  if (silence <= dead) return "alive";
  try {
    using sign = await Deno.open(signOf(folder), { read: true, write: true });
    if (await takeFileLock(sign)) return "dead";
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return "dead";
    throw error;
  }
  return silence > hung ? "hung" : "alive";
}

/** Deletes the workspaces in `parent` whose owners are dead. */
export async function sweepWorkspaces(parent: string, patience: Patience): Promise<void> {
  for await (const { name, isDirectory } of Deno.readDir(parent)) {
    const folder = `${parent}/${name}`;
    if (!isDirectory || !isWorkspaceName(name)) continue;
    if (await ownerState(folder, patience) !== "dead") continue;
    await Deno.remove(folder, { recursive: true }).catch((error) => {
      if (!(error instanceof Deno.errors.NotFound)) throw error;
    });
  }
}

/**
 * Milliseconds since the file at `path` was touched, or undefined when there is none. A time in the
 * future, from a clock that was put back, counts as silence too.
 */
export async function sinceTouched(path: string): Promise<number | undefined> {
  try {
    const { mtime } = await Deno.stat(path);
    return mtime ? Math.abs(Date.now() - mtime.getTime()) : Infinity;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}

/**
 * Takes the system's lock on an open file, until it is closed or the process ends; false when another
 * has it. True as well where the file system has no locks: there the touches must do.
 */
export async function takeFileLock(file: Deno.FsFile): Promise<boolean> {
  try {
    return await file.tryLock(true);
  } catch {
    return true;
  }
}

async function createOwnFolder(parent: string): Promise<string> {
  for (;;) {
    const name = `${Deno.pid}-${crypto.randomUUID()}`;
    try {
      await Deno.mkdir(`${parent}/${name}`);
      return name;
    } catch (error) {
      // Two containers may share a volume, a process id and, with --seed, the random numbers.
      if (!(error instanceof Deno.errors.AlreadyExists)) throw error;
    }
  }
}

function signOf(folder: string): string {
  return `${folder}/owner`;
}

function touch(sign: Deno.FsFile): void {
  try {
    const now = new Date();
    sign.utimeSync(now, now);
  } catch {
    // The next touch makes up for it.
  }
}
