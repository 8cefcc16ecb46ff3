/**
 * The commit that is checked out, read from git's own files: running git is not permitted to a run.
 * Whether the files differ from the commit cannot be known this way.
 *
 * @module
 */
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { readIfPermitted } from "./read_if_permitted.ts";

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
  const head = await trimmed(resolve(folder, "HEAD"));
  if (head === undefined) return null;
  if (COMMIT.test(head)) return head;
  const ref = head.replace(/^ref: */, "");
  if (!REF.test(ref) || ref.includes("..")) return null;

  // A worktree keeps its HEAD to itself and shares the branches.
  const shared = resolve(folder, await trimmed(resolve(folder, "commondir")) ?? ".");
  const loose = await trimmed(resolve(folder, ref)) ??
    await trimmed(resolve(shared, ref));
  const commit = loose ?? packed(await trimmed(resolve(shared, "packed-refs")) ?? "", ref);
  return commit !== undefined && COMMIT.test(commit) ? commit : null;
}

/** `.git` itself, or the folder that it points to when it is a file. */
async function gitFolder(dotGit: string): Promise<string> {
  const pointer = /^gitdir: (.+)$/.exec(await trimmed(dotGit) ?? "");
  return pointer ? resolve(dotGit, "..", pointer[1]!) : dotGit;
}

function packed(refs: string, ref: string): string | undefined {
  return refs.split("\n").find((line) => line.endsWith(` ${ref}`))?.split(" ")[0];
}

async function trimmed(path: string): Promise<string | undefined> {
  return (await readIfPermitted(path))?.trim();
}
