import assert from "node:assert/strict";
import { chooseDevice } from "../device/mod.ts";
import { experimentSchema } from "../spec/mod.ts";
import { cellKey } from "./cell.ts";
import { chooseEngine } from "./choose_engine.ts";
import { planAgreements } from "./engine_agreement.ts";
import { planCells } from "./plan_cells.ts";

const NET = { kind: "trained", architecture: "mnist_cnn", inputSize: 28, inputChannels: 1 };
const AFTER_ONE = { after: { unit: "epochs", count: 1 } };

/** What a run with these networks compares, of a profile with or without a wish. */
async function compared(agreement: unknown, networks?: readonly string[]) {
  const experiment = experimentSchema.parse({
    id: "tiny",
    title: "t",
    summary: "s",
    paper: "p",
    figure: "f",
    kind: "id-profile",
    seed: 1,
    profiles: {
      embedded: {
        description: "d",
        networks: [
          { ...NET, id: "middle", classes: 10, training: "short", ...AFTER_ONE },
          { ...NET, id: "end", classes: 10, training: "short" },
          { ...NET, id: "other", classes: 10, training: "shuffled" },
          { kind: "untrained", id: "start", architecture: "mnist_cnn", inputChannels: 1 },
        ],
        data: {
          digits: {
            set: "mnist",
            split: "test",
            by: "all",
            preprocessing: { shortSide: null, crop: 28, mean: [0.1], std: [0.3] },
          },
        },
        trainings: Object.fromEntries(["short", "shuffled"].map((name) => [name, {
          description: "d",
          epochs: 2,
          batchSize: 16,
          method: { name: "sgd" },
          schedule: { kind: "constant", base: 0.01 },
          ...(name === "shuffled" ? { labels: "shuffled" } : {}),
        }])),
        replicates: 2,
        ...(agreement ? { agreement } : {}),
        samples: 30,
      },
    },
    claims: [{
      id: "ctrl.shuffled",
      severity: "gate",
      threshold: 1.5,
      expected: "e",
      why: "w",
      source: "s",
    }],
  });
  const loaded = { experiment, file: "tiny.json", sha256: () => "0".repeat(64) };
  const chosen = await chooseDevice("cpu", 2);
  const request = {
    profile: undefined,
    seed: undefined,
    samples: undefined,
    replicates: undefined,
    networks,
    dataRoot: ".",
  };
  const plan = await planCells(loaded, request, chosen, await chooseEngine("ort", chosen.device));
  const planned = planAgreements(plan, chosen.device);
  assert.equal(new Set(planned.map(({ cell }) => cellKey(cell))).size, planned.length);
  const others = planned.filter(({ against }) => against === "other engine");
  assert.deepEqual(
    planned.filter(({ against }) => against === "nudged weights").map(({ network }) => network),
    others.map(({ network }) => network),
  );
  return others
    .map(({ network, training, batchSize }) => [network, training.replicate, batchSize]);
}

Deno.test("planAgreements() compares the networks that the profile names", async () => {
  const both = { networks: ["other", "middle"], batchSize: 8 };
  assert.deepEqual(await compared(both), [["other", 0, 8], ["middle", 0, 8]]);
  assert.deepEqual(await compared(both, ["other"]), [["other", 0, 8]]);
});

Deno.test("planAgreements() compares one network of every run that trains", async () => {
  assert.deepEqual(await compared(undefined), [["end", 0, 4]]);
  assert.deepEqual(await compared(undefined, ["middle"]), [["middle", 0, 4]]);
  assert.deepEqual(await compared({ networks: ["other"], batchSize: 8 }, ["end"]), [["end", 0, 8]]);
});

Deno.test("planAgreements() compares nothing where nothing is trained", async () => {
  assert.deepEqual(await compared(undefined, ["start"]), []);
});
