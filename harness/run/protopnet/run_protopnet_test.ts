import assert from "node:assert/strict";
import { sha256, silentProgress, writeAtomically } from "../../base/mod.ts";
import { chooseDevice, type ChosenDevice } from "../../device/mod.ts";
import { modelFiles, picturePath, readModel } from "../../exported/mod.ts";
import { decodeImage } from "../../images/mod.ts";
import {
  exportedModelSchema,
  type LoadedProtopnet,
  type ModelResult,
  type ModelRun,
  protopnetResultSchema,
} from "../../spec/mod.ts";
import { chooseEngine } from "../choose_engine.ts";
import { Store } from "../store.ts";
import { tinyProtopnet } from "../testdata/tiny_protopnet.ts";
import { explainImage } from "./explain_image.ts";
import { type ProtopnetOutcome, runProtopnet } from "./run_protopnet.ts";

const CLASSES = 20;
const TEST_IMAGES = 20;
const PROTOTYPES = 40;

async function run(
  folder: string,
  chosen: ChosenDevice,
  loaded: LoadedProtopnet = tinyProtopnet(),
): Promise<ProtopnetOutcome> {
  using store = await Store.open(folder, assert.fail);
  const request = {
    profile: undefined,
    seed: undefined,
    replicates: undefined,
    models: undefined,
    dataRoot: folder,
  };
  return await runProtopnet(
    {
      loaded,
      request,
      chosen,
      engine: await chooseEngine("ort", chosen.device),
      command: "c",
    },
    {
      store,
      memoryBytes: 2 ** 28,
      progress: silentProgress,
      signal: new AbortController().signal,
    },
  );
}

Deno.test("runProtopnet() trains, measures, checks and exports, and a second time takes it all from the store", async (t) => {
  const folder = await Deno.makeTempDir();
  try {
    const chosen = await chooseDevice("cpu", 2);
    const outcome = await run(folder, chosen);
    const { result, exported, pictures } = outcome;
    const models = new Map(result.models.map((model) => [model.id, model]));
    const [proto] = models.get("proto")!.runs as [ModelRun];

    await t.step("a result that can be read again", () => {
      assert.deepEqual(protopnetResultSchema.parse(JSON.parse(JSON.stringify(result))), result);
      assert.deepEqual(result.models.map(({ id }) => id), [
        ...["plain", "proto", "cam", "pool", "oracle"],
      ]);
      assert.deepEqual(new Set(result.claims.map(({ id }) => id)).size, 8);
    });
    await t.step("scores that fit the digits of single images", () => {
      for (const model of result.models) {
        const { test } = model.runs[0]!;
        assert.equal(test.correct.length, TEST_IMAGES, model.id);
        const right = test.correct.replaceAll("0", "").length;
        assert.equal(test.accuracy, right / TEST_IMAGES, model.id);
      }
      assert.deepEqual(
        proto.history.map(({ stage }) => stage),
        ["warm", "joint", "push", "last-layer", "last-layer"],
      );
      assert.equal(models.get("oracle")!.runs[0]!.test.accuracy, 1);
      assert.equal(models.get("oracle")!.parameters, 0);
      assert.deepEqual(models.get("pool")!.supervision.train, ["label", "parts"]);
    });
    await t.step("projected prototypes that are training patches of their class", () => {
      assert.ok(proto.projection!.largestDistance <= 2e-5);
      assert.equal(proto.projection!.notAtArgmax, 0);
      assert.equal(proto.prototypes.length, PROTOTYPES);
      for (const { index, label, image, train } of proto.prototypes) {
        assert.equal(label, Math.floor(index / 2));
        assert.equal(train[0]!.image, image, "the nearest patch is its own");
        assert.equal(train[0]!.label, label);
        assert.ok(train[0]!.distance <= 2e-5);
      }
      const { removed, kept } = proto.pruning!;
      assert.equal(removed + kept, PROTOTYPES);
      assert.equal(proto.prototypes.filter(({ pruned }) => pruned).length, removed);
    });
    await t.step("points that add up to the logits", () => {
      assert.ok(proto.additivity!.largestError < 1e-5);
      const logits = result.sheets.flatMap(({ classes }) => classes.map(({ logit }) => logit));
      // Float32 alone would be off by more than the bound below.
      assert.ok(logits.some((logit) => Math.abs(logit - Math.fround(logit)) > 1e-9));
      assert.equal(result.sheets.length, 3);
      for (const { classes } of result.sheets) {
        for (const { rows, rest, others, logit } of classes) {
          assert.deepEqual([rows.length + rest.units, others!.units], [2, PROTOTYPES - 2]);
          assert.ok(Math.abs(sumOf(rows, rest, others!) - logit) < 1e-9);
        }
      }
    });
    await t.step("measures of every model that explains itself, in their ranges", () => {
      const shares = ["purity", "consistency", "stability", "energy on the bird"];
      for (const id of ["proto", "cam", "pool"]) {
        const own = metricsOf(models.get(id)!);
        for (const share of shares) {
          const value = own.get(share);
          assert.ok(value !== undefined && value >= 0 && value <= 1, `${id}: ${share}: ${value}`);
        }
        assert.ok(own.has("completeness (maps)") && own.has("correctness (boxes)"), id);
      }
      assert.deepEqual(metricsOf(models.get("plain")!).size, 0);
    });
    await t.step("engines that agree, beside what rounding alone does", () => {
      assert.deepEqual(result.agreement.map(({ network, engines }) => [network, ...engines]), [
        ["proto", "ort cpu", "tfjs cpu"],
        ["proto", "ort cpu", "ort cpu from nudged weights"],
      ]);
      for (const { steps } of result.agreement) {
        assert.equal(steps[0]!.step, 1);
        assert.ok(steps[0]!.loss < 1e-5, `${steps[0]!.loss}`);
      }
    });
    await t.step("a gallery of the first prototypes of each class", () => {
      for (const { index, picture, train, test } of proto.prototypes) {
        const isShown = index % 2 === 0;
        for (const one of [{ picture }, ...train, ...test]) {
          assert.equal(one.picture !== undefined, isShown, `prototype ${index}`);
        }
      }
    });
    await t.step("pictures for every digest, and no others", () => {
      const named = new Set(
        JSON.stringify([result, exported.map(({ model }) => model)])
          .match(/(?<="(picture|image|map|source)":")[0-9a-f]{64}(?=")/g),
      );
      assert.deepEqual(new Set(pictures.keys()).difference(named), new Set());
      assert.deepEqual(named.difference(pictures), new Set());
      for (const [digest, png] of pictures) assert.equal(sha256(png), digest);
    });
    await t.step("networks that explain a file as the run explains the image", async () => {
      assert.deepEqual(exported.map(({ model }) => model.id), ["proto"]);
      for (const [digest, png] of pictures) {
        await writeAtomically(`${folder}/${picturePath(digest)}`, png);
      }
      for (const files of exported) {
        assert.deepEqual(exportedModelSchema.parse(files.model), files.model);
        for (const { path, bytes } of modelFiles(files)) {
          await writeAtomically(`${folder}/${path}`, bytes);
        }
        const read = await readModel(folder, files.model.id);
        assert.equal(read.model.images.length, 12);
        for (const { name, picture, logits } of read.model.images.slice(0, 3)) {
          const png = await read.picture(picture);
          assert.equal((await decodeImage(png, name)).width, 32);
          const explained = await explainImage(read, png, name, chosen.device);
          assert.equal(explained.logits.length, CLASSES);
          for (const [k, logit] of explained.logits.entries()) {
            assert.ok(Math.abs(logit - logits[k]!) < 1e-4, `${name}: ${logit} and ${logits[k]}`);
          }
          assert.equal(explained.classes.length, 3);
          for (const { label, rows, rest, others, logit } of explained.classes) {
            assert.ok(rows.every(({ prototype }) => read.layer.classOf[prototype] === label));
            assert.deepEqual([rows.length, rest.units, others!.units], [2, 0, PROTOTYPES - 2]);
            assert.ok(others!.points < 0);
            assert.ok(Math.abs(sumOf(rows, rest, others!) - logit) < 1e-9);
          }
        }
      }
    });
    await t.step("the same again from the store", async () => {
      const again = await run(folder, chosen);
      assert.equal(again.result.environment.cells.computed, 0);
      assert.deepEqual(again.result.models, result.models);
      assert.deepEqual(again.result.claims, result.claims);
      assert.deepEqual(again.exported, exported);
    });
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("runProtopnet() refuses birds of which a class has none with all parts, before training", async () => {
  const loaded = tinyProtopnet();
  const birds = loaded.experiment.profiles["embedded"]!.data["birds"]!;
  Object.assign(birds, { trainPerClass: 2 });
  const folder = await Deno.makeTempDir();
  try {
    await assert.rejects(
      run(folder, await chooseDevice("cpu", 2), loaded),
      /^UsageError: proto: class ".+": found 2 training images, none with all parts, wanted at least/,
    );
    assert.deepEqual([...Deno.readDirSync(`${folder}/artifacts`)], []);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

/** The points of all lines of a sheet. */
function sumOf(...lines: (Iterable<{ points: number }> | { points: number })[]): number {
  return lines.flatMap((line) => Symbol.iterator in line ? [...line] : [line])
    .reduce((sum, { points }) => sum + points, 0);
}

function metricsOf({ runs }: ModelResult): Map<string, number> {
  return new Map(runs[0]!.metrics.flatMap(({ id, value }) => value === null ? [] : [[id, value]]));
}
