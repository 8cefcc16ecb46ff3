/**
 * The experiments of this repository.
 *
 * @module
 */
import { z } from "zod";
import { didYouMean, UsageError } from "../base/mod.ts";
import { type Experiment, experimentSchema } from "./experiment.ts";
import { parseJson, placeOf } from "./parse.ts";
import { profileDigest } from "./profile_digest.ts";
import { type ProtopnetExperiment, protopnetExperimentSchema } from "./protopnet.ts";
import { protopnetContradictions } from "./protopnet_references.ts";
import { contradictions } from "./references.ts";

/** Experiments of every kind. */
export const anyExperimentSchema = z.discriminatedUnion("kind", [
  experimentSchema,
  protopnetExperimentSchema,
]);

const FOLDER = new URL("../../experiments/", import.meta.url);

/** Ids of all experiments, sorted. */
export async function listExperiments(): Promise<string[]> {
  const ids: string[] = [];
  for await (const { name, isFile } of Deno.readDir(FOLDER)) {
    if (isFile && name.endsWith(".json") && !name.endsWith(".schema.json")) {
      ids.push(name.slice(0, -".json".length));
    }
  }
  return ids.sort();
}

/** An experiment from its file. */
export interface Loaded<E> {
  readonly experiment: E;
  /** Name for error messages. */
  readonly file: string;
  /** Digest of what the file says of a profile, see {@linkcode profileDigest}. */
  readonly sha256: (profile: string) => string;
}

/** An experiment on the intrinsic dimension. */
export type LoadedExperiment = Loaded<Experiment>;

/** An experiment on ProtoPNet. */
export type LoadedProtopnet = Loaded<ProtopnetExperiment>;

/** An experiment of any kind. */
export type LoadedAny = LoadedExperiment | LoadedProtopnet;

/** Tells the kinds apart. */
export function isProtopnet(loaded: LoadedAny): loaded is LoadedProtopnet {
  return loaded.experiment.kind === "protopnet";
}

/**
 * Reads and validates an experiment.
 *
 * @param id Name of the file without `.json`.
 * @throws {UsageError} When there is none of that name or its file is wrong.
 */
export async function loadExperiment(id: string): Promise<LoadedAny> {
  const known = await listExperiments();
  if (!known.includes(id)) {
    throw new UsageError(
      `${id}: unknown experiment${didYouMean(id, known) || `, wanted one of ${known.join(", ")}`}`,
    );
  }
  const file = `experiments/${id}.json`;
  const text = await Deno.readTextFile(new URL(`${id}.json`, FOLDER));
  const experiment = parseJson(anyExperimentSchema, text, file);
  if (experiment.id !== id) {
    throw new UsageError(`${file}: id: found "${experiment.id}", wanted "${id}", the file's name`);
  }
  const wrong = experiment.kind === "protopnet"
    ? protopnetContradictions(experiment)
    : contradictions(experiment);
  if (wrong.length > 0) {
    throw new UsageError(
      wrong.map(({ path, message }) => `${file}: ${placeOf(path)}: ${message}`).join("\n"),
    );
  }
  const sha256 = (profile: string) => profileDigest(JSON.parse(text), profile);
  return experiment.kind === "protopnet"
    ? { experiment, file, sha256 }
    : { experiment, file, sha256 };
}

/**
 * A profile by name, the default one when no name is given.
 *
 * @throws {UsageError} When the experiment has no such profile.
 */
export function profileOf<P>(
  { experiment, file }: Loaded<
    { readonly defaultProfile: string; readonly profiles: Readonly<Record<string, P>> }
  >,
  name: string = experiment.defaultProfile,
): { name: string; profile: P } {
  const profile = experiment.profiles[name];
  const known = Object.keys(experiment.profiles);
  if (!profile) {
    throw new UsageError(
      `${file}: unknown profile "${name}"` +
        (didYouMean(name, known) || `, wanted one of ${known.join(", ")}`),
    );
  }
  return { name, profile };
}
