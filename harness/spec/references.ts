/**
 * What the parts of an experiment's file say about each other.
 *
 * @module
 */
import { didYouMean } from "../base/mod.ts";
import type { DataSpec, Experiment, NetworkSpec, Profile } from "./experiment.ts";

/** Something wrong, and where. */
export interface Contradiction {
  readonly path: (string | number)[];
  readonly message: string;
}

/** Data sets that networks can be trained on. */
export const TRAINABLE: readonly DataSpec["set"][] = [
  "mnist",
  "objects",
  "cifar10",
  "birds",
  "cub200",
  "folder",
];

/** Names that nothing has, and settings that contradict each other. */
export function contradictions(experiment: Omit<Experiment, "$schema">): Contradiction[] {
  const profiles = Object.keys(experiment.profiles);
  const found: Contradiction[] = [
    ...unknown("profile", experiment.defaultProfile, profiles, ["defaultProfile"]),
  ];
  for (const [name, profile] of Object.entries(experiment.profiles)) {
    found.push(...inProfile(profile, ["profiles", name]));
  }
  for (const [at, { profiles: named = [] }] of experiment.claims.entries()) {
    for (const [i, name] of named.entries()) {
      found.push(...unknown("profile", name, profiles, ["claims", at, "profiles", i]));
    }
  }
  return found;
}

function inProfile(profile: Profile, path: (string | number)[]): Contradiction[] {
  const ids = profile.networks.map(({ id }) => id);
  const trained = profile.networks.flatMap((net) => net.kind === "trained" ? [net.id] : []);
  return [
    ...Object.entries(profile.data).flatMap(([name, set]) => inData(set, [...path, "data", name])),
    ...profile.networks.flatMap((network, at) => [
      ...ids.indexOf(network.id) < at
        ? [{ path: [...path, "networks", at, "id"], message: `"${network.id}" exists already` }]
        : [],
      ...inNetwork(network, profile, ids, [...path, "networks", at]),
    ]),
    ...(profile.agreement?.networks ?? []).flatMap((id, at) =>
      unknown("trained network", id, trained, [...path, "agreement", "networks", at])
    ),
  ];
}

function inNetwork(
  network: NetworkSpec,
  { data, trainings }: Profile,
  ids: readonly string[],
  path: (string | number)[],
): Contradiction[] {
  const sets = Object.keys(data);
  const found = network.data === undefined
    ? []
    : unknown("data set", network.data, sets, [...path, "data"]);
  if (network.kind === "untrained" && network.twinOf !== undefined) {
    found.push(...unknown("network", network.twinOf, ids, [...path, "twinOf"]));
  }
  if (network.kind !== "trained") return found;
  found.push(
    ...unknown("recipe", network.training, Object.keys(trainings), [...path, "training"]),
  );
  if (network.control) {
    found.push(...unknown("network", network.control.of, ids, [...path, "control", "of"]));
  }
  const set = data[network.data ?? sets[0]!];
  if (set && !TRAINABLE.includes(set.set)) {
    found.push({
      path: [...path, "data"],
      message: `the set ${set.set} cannot be trained on, wanted one of ${TRAINABLE.join(", ")}`,
    });
  }
  const recipe = trainings[network.training];
  if (recipe && network.after?.unit === "epochs" && network.after.count > recipe.epochs) {
    found.push({
      path: [...path, "after", "count"],
      message: `after the end: the recipe has ${recipe.epochs} epochs`,
    });
  }
  return found;
}

/** What a data set says about itself. */
export function inData({ preprocessing }: DataSpec, path: (string | number)[]): Contradiction[] {
  if (!preprocessing) return [];
  const { shortSide, crop, mean, std } = preprocessing;
  const found: Contradiction[] = [];
  if (shortSide !== null && shortSide < crop) {
    found.push({
      path: [...path, "preprocessing", "shortSide"],
      message: `below crop, ${crop}`,
    });
  }
  if (mean.length !== std.length || (mean.length !== 1 && mean.length !== 3)) {
    found.push({
      path: [...path, "preprocessing", "std"],
      message: `${mean.length} means and ${std.length} stds, wanted 1 or 3 of each`,
    });
  }
  return found;
}

/** Nothing, or that there is no such name, and the nearest one. */
export function unknown(
  kind: string,
  name: string,
  known: readonly string[],
  path: (string | number)[],
): Contradiction[] {
  if (known.includes(name)) return [];
  const hint = didYouMean(name, known) || `, wanted one of ${known.join(", ") || "none"}`;
  return [{ path, message: `no ${kind} "${name}"${hint}` }];
}
