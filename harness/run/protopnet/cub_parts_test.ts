import assert from "node:assert/strict";
import { inFolder } from "../../../datasets/testdata/in_folder.ts";
import { RunError, silentProgress, UsageError } from "../../base/mod.ts";
import { chooseDevice } from "../../device/mod.ts";
import type { LoadedProtopnet } from "../../spec/mod.ts";
import { chooseEngine } from "../choose_engine.ts";
import { Store } from "../store.ts";
import { smallCub, smallCubExperiment } from "../testdata/small_cub.ts";
import { runProtopnet } from "./run_protopnet.ts";

const chosen = await chooseDevice("cpu", 1);
const engine = await chooseEngine("ort", chosen.device);

async function run(loaded: LoadedProtopnet, dataRoot: string) {
  using store = await Store.open(`${dataRoot}/store`, assert.fail);
  const request = {
    ...{ profile: undefined, seed: undefined, replicates: undefined, models: undefined },
    dataRoot,
  };
  const { result } = await runProtopnet({ loaded, request, chosen, engine, command: "c" }, {
    store,
    memoryBytes: 2 ** 28,
    progress: silentProgress,
    signal: new AbortController().signal,
  });
  return result;
}

/** With some files changed, or left out. */
function withCub(
  changes: Record<string, string | undefined>,
  body: (root: string) => Promise<void>,
): Promise<void> {
  const files = smallCub();
  for (const [name, text] of Object.entries(changes)) {
    if (text === undefined) delete files[`data/cub200/${name}`];
    else files[`data/cub200/${name}`] = text;
  }
  return inFolder(files, body);
}

Deno.test("runProtopnet() measures parts that are points, in CUB-200-2011's layout", () =>
  withCub({}, async (root) => {
    const { models, classes } = await run(smallCubExperiment(), root);
    assert.deepEqual(classes["cub"], ["001.Auk", "002.Bee_eater", "003.Crow"]);
    const measured = new Map(models.map(({ id, runs }) => [
      id,
      new Map(runs[0]!.metrics.map(({ id, value, convention }) => [id, { value, convention }])),
    ]));
    for (const id of ["proto", "cam", "pool"]) {
      const own = measured.get(id)!;
      for (const metric of ["purity", "consistency", "stability"]) {
        const { value } = own.get(metric)!;
        assert.ok(value !== null && value >= 0 && value <= 1, `${id}: ${metric}: ${value}`);
      }
      assert.match(own.get("purity")!.convention, /left and right part as one/);
      assert.doesNotMatch(own.get("consistency")!.convention, /as one/);
      // Points have no area: nothing is said of overlaps and energies.
      assert.ok(!own.has("overlap with a part's box") && !own.has("energy on the bird"), id);
    }
    assert.ok(measured.get("proto")!.has("reasonable pairs"));
    const [proto] = models.find(({ id }) => id === "proto")!.runs;
    for (const { part } of proto!.prototypes) assert.match(part!, /^(beak|feather [0-7])$/);
    const withTrueParts = measured.get("pool")!.get("accuracy with true parts")!.value!;
    assert.ok(withTrueParts >= 0 && withTrueParts <= 1);
    const pool = models.find(({ id }) => id === "pool")!;
    assert.deepEqual(pool.supervision.train, ["label", "parts"]);
    assert.ok(pool.runs[0]!.history[0]!.terms["partCrossEntropy"]! > 0);
  }));

/** With batches of more images than there are. */
function inLargeBatches(): LoadedProtopnet {
  const loaded = smallCubExperiment(2, ["classifier", "protopnet"]);
  Object.assign(loaded.experiment.profiles["embedded"]!.stages["short"]!, { batchSize: 16 });
  return loaded;
}

const WITHOUT_PARTS = { "parts/parts.txt": undefined, "parts/part_locs.txt": undefined };

/** By what is wrong: changed files, the experiment, and the sentence. */
const WRONG:
  readonly (readonly [string, Parameters<typeof withCub>[0], LoadedProtopnet, RegExp])[] = [
    [
      "part pooling without known parts",
      WITHOUT_PARTS,
      smallCubExperiment(2, ["classifier", "part-pool"]),
      /^pool: found no known parts in the data set "cub" \(cub200\), wanted what part-pool learns from$/,
    ],
    [
      "a class with fewer images than prototypes",
      {},
      smallCubExperiment(6, ["classifier", "protopnet"]),
      /^proto: class "001.Auk": found 5 training images for 6 prototypes, wanted at least 6 images/,
    ],
    [
      "batches of more images than there are",
      {},
      inLargeBatches(),
      /^proto: found batches of 16 and 15 training images, wanted at most as many$/,
    ],
  ];

for (const [what, changes, loaded, message] of WRONG) {
  Deno.test(`runProtopnet() refuses ${what} before anything is trained`, () =>
    withCub(changes, async (root) => {
      await assert.rejects(run(loaded, root), (error) => {
        assert.ok(error instanceof UsageError, String(error));
        assert.match(error.message, message);
        return true;
      });
      assert.deepEqual([...Deno.readDirSync(`${root}/store/artifacts`)], []);
    }));
}

Deno.test("runProtopnet() measures no parts where a folder has none", () =>
  withCub(WITHOUT_PARTS, async (root) => {
    const { models } = await run(smallCubExperiment(2, ["protopnet"]), root);
    assert.deepEqual(models[0]!.runs[0]!.metrics, []);
    assert.ok(models[0]!.runs[0]!.prototypes.every(({ part, purity }) => !part && purity === null));
  }));

Deno.test("runProtopnet() refuses part points of another image", () =>
  withCub({ "parts/part_locs.txt": "99 1 2 2 1\n" }, async (root) => {
    await assert.rejects(run(smallCubExperiment(), root), (error) => {
      assert.ok(error instanceof RunError);
      assert.match(error.message, /part_locs\.txt: line 1: image 99, which is not listed$/);
      return true;
    });
  }));
