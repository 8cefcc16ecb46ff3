import assert from "node:assert/strict";
import { type Experiment, experimentSchema } from "./experiment.ts";
import { listExperiments, loadExperiment } from "./load.ts";
import { protopnetContradictions } from "./protopnet_references.ts";
import { contradictions } from "./references.ts";

const recipe = {
  description: "d",
  epochs: 3,
  batchSize: 8,
  method: { name: "sgd" },
  schedule: { kind: "constant", base: 0.1 },
};

function experiment(change: (profile: Record<string, unknown>) => void): Experiment {
  const profile: Record<string, unknown> = {
    description: "d",
    networks: [
      { kind: "trained", id: "net", architecture: "mnist_cnn", training: "sgd" },
      { kind: "untrained", id: "twin", architecture: "mnist_cnn", twinOf: "net" },
    ],
    data: {
      digits: {
        set: "mnist",
        split: "test",
        by: "all",
        preprocessing: { shortSide: null, crop: 28, mean: [0.1], std: [0.3] },
      },
    },
    trainings: { sgd: recipe },
    samples: 50,
  };
  change(profile);
  return experimentSchema.parse({
    id: "x",
    title: "t",
    summary: "s",
    paper: "p",
    figure: "f",
    kind: "id-profile",
    seed: 1,
    profiles: { embedded: profile },
    claims: [{ id: "c", severity: "gate", threshold: 1, expected: "e", why: "w", source: "s" }],
  });
}

function messages(change: (profile: Record<string, unknown>) => void): string[] {
  return contradictions(experiment(change)).map(({ path, message }) =>
    `${path.join(".")}: ${message}`
  );
}

Deno.test("contradictions() finds none in a consistent experiment", () => {
  assert.deepEqual(messages(() => {}), []);
});

Deno.test("contradictions() finds none in the experiments of this repository", async () => {
  for (const id of await listExperiments()) {
    const { experiment } = await loadExperiment(id);
    const found = experiment.kind === "protopnet"
      ? protopnetContradictions(experiment)
      : contradictions(experiment);
    assert.deepEqual(found, []);
  }
});

Deno.test("contradictions() names the nearest recipe, data set and network", () => {
  const found = messages((profile) => {
    profile["networks"] = [
      { kind: "trained", id: "net", architecture: "a", training: "sgb", data: "digit" },
      { kind: "untrained", id: "twin", architecture: "a", twinOf: "nett" },
    ];
    profile["agreement"] = { networks: ["twin"], batchSize: 4 };
  });
  assert.deepEqual(found, [
    'profiles.embedded.networks.0.data: no data set "digit", did you mean "digits"?',
    'profiles.embedded.networks.0.training: no recipe "sgb", did you mean "sgd"?',
    'profiles.embedded.networks.1.twinOf: no network "nett", did you mean "net"?',
    'profiles.embedded.agreement.networks.0: no trained network "twin", wanted one of net',
  ]);
});

Deno.test("contradictions() refuses a moment after the end, a name twice and a wrong preprocessing", () => {
  const found = messages((profile) => {
    const net = { kind: "trained", id: "net", architecture: "a", training: "sgd" };
    profile["networks"] = [net, { ...net, after: { unit: "epochs", count: 4 } }];
    profile["data"] = {
      digits: {
        set: "mnist",
        split: "test",
        by: "all",
        preprocessing: { shortSide: 20, crop: 28, mean: [0.1], std: [0.3, 0.3] },
      },
    };
  });
  assert.deepEqual(found, [
    "profiles.embedded.data.digits.preprocessing.shortSide: below crop, 28",
    "profiles.embedded.data.digits.preprocessing.std: 1 means and 2 stds, wanted 1 or 3 of each",
    'profiles.embedded.networks.1.id: "net" exists already',
    "profiles.embedded.networks.1.after.count: after the end: the recipe has 3 epochs",
  ]);
});
