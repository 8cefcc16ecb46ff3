/**
 * In what two runs differ besides their numbers.
 *
 * @module
 */
import { sha256 } from "../base/mod.ts";
import type { Basis, Measured, Place } from "../gates/mod.ts";

/** Something that is not the same in both; null where it is absent. */
export interface ChangedFact {
  readonly what: string;
  readonly before: string | null;
  readonly after: string | null;
}

/** Differences in what the numbers rest on. */
export function diffBasis(before: Basis, after: Basis): ChangedFact[] {
  return changed(basisFacts(before), basisFacts(after));
}

/** Differences in where the runs took place. */
export function diffPlace(before: Measured, after: Measured): ChangedFact[] {
  const facts = ({ place, command, startedAt }: Measured) => ({
    ...placeFacts(place),
    command,
    "started at": startedAt,
  });
  return changed(facts(before), facts(after));
}

function basisFacts({ data, weights, narrowed, samples, ...rest }: Basis): Record<string, string> {
  const { kind, metricsVersion, experiment, profile, specSha256, seed } = rest;
  return {
    "kind of result": kind,
    "version of the metrics": String(metricsVersion),
    experiment,
    profile,
    specification: specSha256,
    seed: String(seed),
    "images a group": String(samples ?? "none"),
    "narrowed by": narrowed.join(" ") || "nothing",
    ...Object.fromEntries(
      Object.entries(weights).map(([id, digest]) => [`weights of ${id}`, digest]),
    ),
    ...Object.fromEntries(data.flatMap(({ id, title, groups }) => [
      [`data ${id}`, title],
      [
        `groups of ${id}`,
        `${groups.length} of ${[...new Set(groups.map(({ n }) => n))].join(", ")}`,
      ],
      [`images of ${id}`, sha256(groups.map((group) => group.sha256).join())],
    ])),
  };
}

function placeFacts(
  { versions, engines, adapter, commit, lockSha256, machine, ...rest }: Place,
): Record<string, string> {
  const { device, threads, runtime, os, arch } = rest;
  return {
    device,
    threads: String(threads),
    runtime,
    engines: engines.join(", ") || "none",
    adapter: adapter ?? "none",
    os,
    arch,
    ...versions,
    ...commit !== null && { commit },
    ...lockSha256 !== undefined && { "deno.lock": lockSha256 },
    ...machine && {
      processor: machine.cpu ?? "not known",
      "logical processors": String(machine.cores),
      "operating system": machine.system ?? "not known",
    },
  };
}

function changed(before: Record<string, string>, after: Record<string, string>): ChangedFact[] {
  return Object.keys({ ...before, ...after }).flatMap((what) =>
    before[what] === after[what]
      ? []
      : [{ what, before: before[what] ?? null, after: after[what] ?? null }]
  );
}
