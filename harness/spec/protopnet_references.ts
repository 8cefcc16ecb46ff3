/**
 * What the parts of a ProtoPNet experiment's file say about each other.
 *
 * @module
 */
import type { DataSpec } from "./experiment.ts";
import type { ModelSpec, ProtopnetExperiment, ProtopnetProfile } from "./protopnet.ts";
import { type Contradiction, inData, TRAINABLE, unknown } from "./references.ts";

/** Data sets that may tell what a kind of model learns from; cub200 does where its folder has parts. */
const TAUGHT_BY: Readonly<Partial<Record<ModelSpec["kind"], readonly DataSpec["set"][]>>> = {
  "part-pool": ["birds", "cub200"],
  "part-oracle": ["birds"],
};

/** Names that nothing has, and settings that contradict each other. */
export function protopnetContradictions(
  experiment: Omit<ProtopnetExperiment, "$schema">,
): Contradiction[] {
  const profiles = Object.keys(experiment.profiles);
  return [
    ...unknown("profile", experiment.defaultProfile, profiles, ["defaultProfile"]),
    ...Object.entries(experiment.profiles).flatMap(([name, profile]) =>
      inProfile(profile, ["profiles", name])
    ),
    ...experiment.claims.flatMap(({ profiles: named = [] }, at) =>
      named.flatMap((name, i) => unknown("profile", name, profiles, ["claims", at, "profiles", i]))
    ),
  ];
}

function inProfile(profile: ProtopnetProfile, path: (string | number)[]): Contradiction[] {
  const ids = profile.models.map(({ id }) => id);
  const trained = profile.models.flatMap(({ kind, id }) => kind === "part-oracle" ? [] : [id]);
  return [
    ...Object.entries(profile.data).flatMap(([name, set]) => [
      ...inData(set, [...path, "data", name]),
      ...(TRAINABLE.includes(set.set) ? [] : [{
        path: [...path, "data", name, "set"],
        message: `"${set.set}" has no images to train on`,
      }]),
    ]),
    ...profile.models.flatMap((model, at) => [
      ...ids.indexOf(model.id) < at
        ? [{ path: [...path, "models", at, "id"], message: `"${model.id}" exists already` }]
        : [],
      ...inModel(model, profile, [...path, "models", at]),
    ]),
    ...Object.entries(profile.ensembles).flatMap(([name, members]) =>
      members.flatMap((id, at) => [
        ...unknown("trained model", id, trained, [...path, "ensembles", name, at]),
        ...withoutValidation(profile, id, [...path, "ensembles", name, at]),
      ])
    ),
    ...Object.entries(profile.trainings).flatMap(([name, { validationShare }]) =>
      validationShare === 0 ? [] : [{
        path: [...path, "trainings", name, "validationShare"],
        message: `found ${validationShare}, wanted none: all models hold out the same images, by ` +
          "the validationShare of their data",
      }]
    ),
    ...(profile.agreement?.models ?? []).flatMap((id, at) =>
      unknown("trained model", id, trained, [...path, "agreement", "models", at])
    ),
  ];
}

/** A member of an ensemble is compared with the one that the validation images like best. */
function withoutValidation(
  { models, data }: ProtopnetProfile,
  id: string,
  path: (string | number)[],
): Contradiction[] {
  const model = models.find((one) => one.id === id);
  const set = model && data[model.data];
  if (!set || !("validationShare" in set) || set.validationShare !== 0) return [];
  const message =
    `"${id}" has no validation images (validationShare 0), by which members are compared`;
  return [{ path, message }];
}

function inModel(
  model: ModelSpec,
  { data, backbones, trainings, stages }: ProtopnetProfile,
  path: (string | number)[],
): Contradiction[] {
  const found = unknown("data set", model.data, Object.keys(data), [...path, "data"]);
  const set = data[model.data]?.set;
  const taughtBy = TAUGHT_BY[model.kind];
  if (taughtBy && set !== undefined && !taughtBy.includes(set)) {
    const what = model.kind === "part-oracle" ? "variants of parts" : "parts";
    found.push({
      path: [...path, "data"],
      message: `"${model.data}" has no known ${what}, which ${model.kind} learns from`,
    });
  }
  if (model.kind === "part-oracle") return found;
  found.push(
    ...unknown("backbone", model.backbone, Object.keys(backbones), [...path, "backbone"]),
    ...model.kind === "protopnet"
      ? unknown("recipe of stages", model.stages, Object.keys(stages), [...path, "stages"])
      : unknown("recipe", model.training, Object.keys(trainings), [...path, "training"]),
  );
  return found;
}
