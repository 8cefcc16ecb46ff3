/**
 * `describe`: what an experiment claims, measures and needs.
 *
 * @module
 */
import { UsageError } from "../base/mod.ts";
import { loadExperiment, type Profile, type ProtopnetProfile } from "../spec/mod.ts";
import type { Options } from "./options.ts";
import { print } from "./print.ts";

/** Prints one experiment. */
export async function describe({ words, json }: Options): Promise<number> {
  const { experiment } = await loadExperiment(experimentId(words));
  print(json, experiment, () => {
    const known: [string, Profile | ProtopnetProfile][] = Object.entries(experiment.profiles);
    const profiles = known.map(([name, profile]) =>
      [
        `  ${name}${
          name === experiment.defaultProfile ? " (default)" : ""
        }: ${profile.description}`,
        "networks" in profile
          ? `    networks: ${profile.networks.map(({ id }) => id).join(", ")}`
          : `    models: ${profile.models.map(({ id }) => id).join(", ")}`,
        `    data: ${
          Object.entries(profile.data).map(([id, { set }]) => id === set ? id : `${id} (${set})`)
            .join(", ")
        }${"samples" in profile ? `; ${profile.samples} images a group` : ""}`,
      ].join("\n")
    );
    const claims = experiment.claims.map((claim) =>
      [
        `  ${claim.id} (${
          [claim.severity, ...claim.profiles?.map((name) => `profile ${name}`) ?? []].join(", ")
        })`,
        `    the paper: ${claim.expected} [${claim.source}]`,
        `    threshold ${claim.threshold}: ${claim.why}`,
      ].join("\n")
    );
    return [
      experiment.title,
      "",
      experiment.summary,
      "",
      `${experiment.paper}. ${experiment.figure}.`,
      "",
      "Profiles",
      ...profiles,
      "",
      "Claims (a gate decides the exit code of a run, an info does not)",
      ...claims,
    ].join("\n");
  });
  return 0;
}

/** The second word of the command line. */
export function experimentId(words: readonly string[]): string {
  const [command, id, ...rest] = words;
  if (id === undefined) {
    throw new UsageError(`${command}: which experiment? "deno task list" names them`);
  }
  if (rest.length > 0) {
    throw new UsageError(`${command}: one experiment, found also ${rest.join(" ")}`);
  }
  return id;
}
