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
