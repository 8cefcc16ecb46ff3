/**
 * Where the numbers come from, and what a repetition can be expected to give.
 *
 * @module
 */
import { formatBytes, formatDuration } from "../../harness/base/mod.ts";
import type { Machine, NetworkResult, Result } from "../../harness/spec/mod.ts";
import { groupLabels } from "../group_labels.ts";
import { count, digits, plural } from "./format.ts";

/** What results of every kind tell of where they come from. */
export type Origin =
  & Pick<
    Result,
    "command" | "data" | "device" | "environment" | "experiment" | "narrowed" | "profile" | "seed"
  >
  & { readonly networks?: readonly Pick<NetworkResult, "id" | "file" | "recipe" | "sha256">[] };

/** The last part of the page. */
export function provenanceView(result: Origin) {
  const { device, environment, experiment, networks = [], data, command } = result;
  return {
    command,
    facts: facts(result),
    selfTest: device.selfTest.map(({ name, error, tolerance, passed }) => ({
      name,
      error: error === null ? "did not run" : digits(error),
      tolerance: digits(tolerance, 1),
      sign: passed ? "✓" : "✗",
      style: passed ? "good" : "bad",
      outcome: passed ? "passed" : "failed",
    })),
    inputs: [
      { name: `specification ${experiment.id}`, sha256: experiment.specSha256 },
      ...networks.map(({ id, file, recipe, sha256 }) => ({
        name: `${id}, ${file ?? (recipe?.training ? "trained here" : "made from the seed")}`,
        sha256,
      })),
      ...data.flatMap(({ title, groups }) =>
        groups.map(({ id, n, sha256 }, g) => ({
          name: `${title}: ${groupLabels(groups)[g]} (${id}), ${plural(n, "image")}`,
          sha256,
        }))
      ),
    ],
    dataSources: data.map(({ title, source }) => ({ title, source })),
    versions: Object.entries(environment.versions).map(([name, version]) => ({ name, version })),
  };
}

function facts(result: Origin): { name: string; value: string }[] {
  const { environment, device, data, narrowed } = result;
  const { cells, git } = environment;
  const entries: readonly [string, string][] = [
    ["Profile", result.profile],
    [
      "Data",
      data.map(({ title, groups }) => `${title}: ${sizes(groups)}`).join("; "),
    ],
    ["Seed", String(result.seed)],
    ["Made smaller by", narrowed.length > 0 ? narrowed.join(" ") : "nothing: the whole profile"],
    ["Device", `${device.kind} (asked for: ${device.requested}), because: ${device.reason}`],
    ["Runtime", `${device.runtime}, ${plural(device.threads, "thread")}`],
    ["WebGPU adapter", adapter(device)],
    ["Started", environment.startedAt],
    ["Took", formatDuration(environment.seconds)],
    [
      "Memory",
      `${formatBytes(environment.peakMemoryBytes)} at most; ${
        formatBytes(environment.memoryBudgetBytes)
      } allowed for activations`,
    ],
    [
      "Cells",
      `${count(cells.total)}: ${count(cells.computed)} computed, ${
        count(cells.cached)
      } from the store`,
    ],
    ["Batch", plural(environment.batchSize, "image")],
    ["Code", commit(git)],
    ...environmentFacts(environment),
  ];
  return entries.map(([name, value]) => ({ name, value }));
}

/** The machine and the lock file, as far as the result tells of them. */
export function environmentFacts(
  { os, arch, machine, lockSha256 }: Result["environment"],
): [name: string, value: string][] {
  const system = [machine?.system, `${os} ${arch}`].filter(Boolean).join(", ");
  return [
    ["System", system],
    ...machine ? [["Processor", processor(machine)] as [string, string]] : [],
    ...lockSha256 === undefined ? [] : [["deno.lock, SHA-256", lockSha256] as [string, string]],
  ];
}

function processor({ cpu, cores }: Machine): string {
  return `${cpu ?? "model not known"}, ${plural(cores, "logical processor")}`;
}

/** "7 groups of 200 images", or each group with its own number. */
function sizes(groups: Result["data"][number]["groups"]): string {
  const numbers = new Set(groups.map(({ n }) => n));
  return numbers.size === 1
    ? `${plural(groups.length, "group")} of ${plural(groups[0]!.n, "image")}`
    : groupLabels(groups).map((label, g) => `${label} ${plural(groups[g]!.n, "image")}`).join(", ");
}

function adapter({ adapter }: Result["device"]): string {
  if (!adapter) return "not used";
  const { vendor, architecture, description, isFallbackAdapter } = adapter;
  const name = [vendor, architecture, description].filter((part) => part !== "").join(", ");
  return `${name}${isFallbackAdapter ? " (software)" : ""}`;
}

function commit({ commit, dirty }: Result["environment"]["git"]): string {
  if (commit === null) return "not a git checkout";
  if (dirty === null) return `commit ${commit}; not known whether anything was changed since`;
  return dirty ? `commit ${commit} with changes` : `commit ${commit}`;
}
