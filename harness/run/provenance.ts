/**
 * Where a result comes from: the state of the code, the versions, the machine.
 *
 * @module
 */
import config from "../../deno.json" with { type: "json" };

const ROOT = new URL("../../", import.meta.url);

/** The commit that is checked out, read from `.git` without running git; null outside a checkout. */
export async function gitCommit(): Promise<string | null> {
  try {
    const head = (await Deno.readTextFile(new URL(".git/HEAD", ROOT))).trim();
    if (!head.startsWith("ref: ")) return head;
    const ref = head.slice("ref: ".length);
    try {
      return (await Deno.readTextFile(new URL(`.git/${ref}`, ROOT))).trim();
    } catch {
      const packed = await Deno.readTextFile(new URL(".git/packed-refs", ROOT));
      return packed.split("\n").find((line) => line.endsWith(` ${ref}`))?.split(" ")[0] ?? null;
    }
  } catch {
    return null;
  }
}

/** Versions of Deno and of the pinned packages. */
export function versions(): Record<string, string> {
  const packages = Object.values(config.imports).flatMap((specifier) => {
    const [, name, version] = /^npm:\/?(@?[^@]+)@([\d.]+)$/.exec(specifier) ?? [];
    return name !== undefined && version !== undefined ? [[name, version] as const] : [];
  });
  return { deno: Deno.version.deno, v8: Deno.version.v8, ...Object.fromEntries(packages) };
}

/** Largest resident memory of the process so far, in bytes. */
export function peakMemory(): number {
  try {
    const line = /VmHWM:\s*(\d+) kB/.exec(Deno.readTextFileSync("/proc/self/status"));
    if (line) return Number(line[1]) * 1024;
  } catch {
    // Not Linux, or not allowed: the present size is the best that is known.
  }
  return Deno.memoryUsage().rss;
}
