import assert from "node:assert/strict";
import { smallCubExperiment } from "../run/testdata/small_cub.ts";
import { type ModelSpec, protopnetExperimentSchema } from "./protopnet.ts";
import { protopnetContradictions } from "./protopnet_references.ts";

/** What is said of an experiment with another ProtoPNet. */
function refusal(prototypes: Record<string, unknown>): string {
  const { experiment } = smallCubExperiment();
  const profile = experiment.profiles["embedded"]!;
  const models = profile.models.map((model) =>
    model.kind === "protopnet" ? { ...model, prototypes } : model
  );
  const found = protopnetExperimentSchema.safeParse({
    ...experiment,
    profiles: { embedded: { ...profile, models } },
  });
  return found.error?.issues.map(({ path, message }) => `${path.join(".")}: ${message}`).join() ??
    "";
}

Deno.test("protopnetExperimentSchema counts prototypes by class, so that classes have equally many", () => {
  assert.equal(refusal({ perClass: 3 }), "");
  for (const perClass of [0, -1, 2.5, "3"]) {
    assert.match(refusal({ perClass }), /^profiles\.embedded\.models\.0\.prototypes\.perClass: /);
  }
  assert.match(refusal({ count: 7 }), /prototypes: Unrecognized key: "count"/);
});

Deno.test("protopnetContradictions() knows which sets tell what a model learns from", () => {
  const said = (kind: ModelSpec["kind"], set: "cub200" | "folder") => {
    const { experiment } = smallCubExperiment(2, ["part-pool"]);
    const profile = experiment.profiles["embedded"]!;
    const model = { ...profile.models[0]!, kind } as ModelSpec;
    const data = { cub: set === "folder" ? { set, path: "x" } : { set } };
    return protopnetContradictions(protopnetExperimentSchema.parse({
      ...experiment,
      profiles: {
        embedded: {
          ...profile,
          data,
          models: [
            kind === "part-oracle" ? { kind, id: "o", title: "t", data: "cub" } : model,
          ],
        },
      },
    })).map(({ message }) => message);
  };
  assert.deepEqual(said("part-pool", "cub200"), []);
  assert.deepEqual(said("part-pool", "folder"), [
    '"cub" has no known parts, which part-pool learns from',
  ]);
  assert.deepEqual(said("part-oracle", "cub200"), [
    '"cub" has no known variants of parts, which part-oracle learns from',
  ]);
});

Deno.test("protopnetContradictions() wants images to choose by, held out by the data alone", () => {
  const said = (validationShare: number, ofTraining: number) => {
    const { experiment } = smallCubExperiment(2, ["protopnet", "cam"]);
    const profile = experiment.profiles["embedded"]!;
    const [id, other] = profile.models.map((model) => model.id);
    const trainings = Object.entries(profile.trainings).map(([name, training]) =>
      [name, { ...training, validationShare: ofTraining }] as const
    );
    return protopnetContradictions(protopnetExperimentSchema.parse({
      ...experiment,
      profiles: {
        embedded: {
          ...profile,
          data: { cub: { set: "cub200", validationShare } },
          trainings: Object.fromEntries(trainings),
          ensembles: { both: [id, other] },
        },
      },
    })).map(({ path, message }) => `${path.slice(2).join(".")}: ${message}`);
  };
  assert.deepEqual(said(0.1, 0), []);
  const [first, second, ...more] = said(0, 0);
  assert.match(`${first}`, /^ensembles\.both\.0: ".+" has no validation images/);
  assert.match(`${second}`, /^ensembles\.both\.1: ".+" has no validation images/);
  assert.deepEqual(more, []);
  assert.match(`${said(0.1, 0.2)}`, /^trainings\..+\.validationShare: found 0\.2, wanted none/);
});
