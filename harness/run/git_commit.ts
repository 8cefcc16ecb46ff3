/**
 * The commit that is checked out, read from git's own files: running git is not permitted to a run.
 * Whether the files differ from the commit cannot be known this way.
 *
 * @module
 */
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";

/** Largest file of git's that is read, in bytes. */
const LARGEST = 16 * 2 ** 20;

const COMMIT = /^([0-9a-f]{40}|[0-9a-f]{64})$/;
const REF = /^refs\/[\w./+@-]+$/;

/**
 * The commit of the checkout in `root`, also of a worktree or submodule; null when there is none, it
 * cannot be read, or reading is not permitted. Never asks for permission.
 */
export async function gitCommit(
  root: URL = new URL("../../", import.meta.url),
): Promise<string | null> {
  const folder = await gitFolder(resolve(fileURLToPath(root), ".git"));
  const head = await readIfPermitted(resolve(folder, "HEAD"));
  if (head === undefined) return null;
  if (COMMIT.test(head)) return head;
  const ref = head.replace(/^ref: */, "");
  if (!REF.test(ref) || ref.includes("..")) return null;

  // A worktree keeps its HEAD to itself and shares the branches.
  const shared = resolve(folder, await readIfPermitted(resolve(folder, "commondir")) ?? ".");
  const loose = await readIfPermitted(resolve(folder, ref)) ??
    await readIfPermitted(resolve(shared, ref));
  const commit = loose ?? packed(await readIfPermitted(resolve(shared, "packed-refs")) ?? "", ref);
  return commit !== undefined && COMMIT.test(commit) ? commit : null;
}

/** `.git` itself, or the folder that it points to when it is a file. */
async function gitFolder(dotGit: string): Promise<string> {
  const pointer = /^gitdir: (.+)$/.exec(await readIfPermitted(dotGit) ?? "");
  return pointer ? resolve(dotGit, "..", pointer[1]!) : dotGit;
}

function packed(refs: string, ref: string): string | undefined {
  return refs.split("\n").find((line) => line.endsWith(` ${ref}`))?.split(" ")[0];
}

async function readIfPermitted(path: string): Promise<string | undefined> {
  const { state } = await Deno.permissions.query({ name: "read", path });
  if (state !== "granted") return undefined;
  try {
    const { isFile, size } = await Deno.stat(path);
    return isFile && size <= LARGEST ? (await Deno.readTextFile(path)).trim() : undefined;
  } catch {
    return undefined;
  }
}
