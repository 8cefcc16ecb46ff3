/**
 * Measuring whole processes: each prints one JSON object with its seconds and its peak memory.
 *
 * @module
 */

/** What a measured process prints. */
export interface Measurement {
  readonly twonn_fit: number[] | number;
  readonly seconds: number;
  readonly peakMemoryBytes: number;
}

/** Runs one of our own jobs in a process of its own. */
export function ours<Result = Measurement>(job: string, ...args: string[]): Promise<Result> {
  const main = new URL("./main.ts", import.meta.url).pathname;
  return measure(Deno.execPath(), ["run", "-A", main, job, ...args]);
}

/** Environment in which glibc keeps freed memory with the process, as training here has it. */
export const KEEP_FREED_MEMORY = {
  MALLOC_TRIM_THRESHOLD_: String(2 ** 34),
  MALLOC_MMAP_THRESHOLD_: String(2 ** 32),
};

/** Runs a peer script with Debian's Python. */
export function peer<Result = Measurement>(script: string, ...args: string[]): Promise<Result> {
  return peerWith({}, script, ...args);
}

/** Runs a peer script with Debian's Python and more variables in its environment. */
export function peerWith<Result = Measurement>(
  env: Record<string, string>,
  script: string,
  ...args: string[]
): Promise<Result> {
  return measure("/usr/bin/python3", [new URL(script, import.meta.url).pathname, ...args], env);
}

async function measure<Result>(
  command: string,
  args: string[],
  env: Record<string, string> = {},
): Promise<Result> {
  const { code, stdout, stderr } = await new Deno.Command(command, { args, env }).output();
  const text = new TextDecoder();
  if (code !== 0) {
    throw new Error(`${command} ${args[0]} ended with ${code}: ${text.decode(stderr)}`);
  }
  return JSON.parse(text.decode(stdout).trim().split("\n").at(-1)!);
}

/** Middle value. */
export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;
}

/** Prints medians of both sides and their ratios, pair by pair. */
export function compare(
  title: string,
  pairs: readonly { ours: Measurement; peer: Measurement }[],
): void {
  const row = (side: "ours" | "peer") => ({
    "seconds (median)": Number(median(pairs.map((pair) => pair[side].seconds)).toFixed(2)),
    "peak memory (MiB)": Math.round(
      median(pairs.map((pair) => pair[side].peakMemoryBytes)) / 2 ** 20,
    ),
  });
  console.log(title);
  console.table({ ours: row("ours"), peer: row("peer") });
  const ratio = (value: (m: Measurement) => number) =>
    median(pairs.map((pair) => value(pair.ours) / value(pair.peer))).toFixed(2);
  console.log(
    `time ${ratio((m) => m.seconds)} of the peer's, memory ${
      ratio((m) => m.peakMemoryBytes)
    } of the peer's (medians of ${pairs.length} pairs)`,
  );
  const found = [pairs[0]!.ours.twonn_fit].flat();
  const wanted = [pairs[0]!.peer.twonn_fit].flat();
  const error = Math.max(...found.map((value, at) => Math.abs(value / wanted[at]! - 1)));
  console.log(`largest relative difference of the estimates: ${error.toExponential(1)}`);
}
