import assert from "node:assert/strict";
import { RunError, sha256, UsageError } from "../base/mod.ts";
import type { ExportedModel } from "../spec/mod.ts";
import { chooseModel, picturePath, readModel } from "./mod.ts";
import { inRun, PICTURE, RESULT, smallModel } from "./testdata/small_run.ts";

async function rejects(work: Promise<unknown>, kind: typeof RunError, message: RegExp) {
  await assert.rejects(work, (error) => {
    assert.ok(error instanceof kind, String(error));
    assert.match(error.message, message);
    assert.ok(!error.message.includes("\n"));
    return true;
  });
}

Deno.test("readModel() gives back what modelFiles() wrote", () =>
  inRun(RESULT, async (folder) => {
    assert.equal(await chooseModel(folder, undefined), "small");
    const { model, onnx, layer, picture } = await readModel(folder, "small");
    const written = smallModel();
    assert.deepEqual(model, written.model);
    assert.deepEqual([...onnx], [...written.onnx]);
    assert.deepEqual([...layer.classOf], [0, 1]);
    assert.deepEqual([...layer.weights], [1, -0.5, -0.5, 1]);
    assert.equal(layer.depth, 4);
    assert.deepEqual([...await picture(sha256(PICTURE))], [...PICTURE]);
  }));

Deno.test("chooseModel() says what it found where there is no such network", async () => {
  await inRun(RESULT, async (folder) => {
    await rejects(chooseModel(folder, "smal"), UsageError, /no trained ProtoPNet "smal".*"small"/);
    await rejects(chooseModel(`${folder}/x`, undefined), RunError, /x\/result\.json: no such file/);
    await Deno.remove(`${folder}/models`, { recursive: true });
    await rejects(chooseModel(folder, undefined), RunError, /models: found no trained ProtoPNet/);
  });
  await inRun(
    { experiment: { id: "id-dynamics" } },
    (folder) =>
      rejects(
        chooseModel(folder, undefined),
        RunError,
        /found a result of id-dynamics, which trains/,
      ),
  );
  await inRun(
    [1],
    (folder) => rejects(chooseModel(folder, undefined), RunError, /lacks a result's fields/),
  );
});

Deno.test("readModel() refuses files that are missing or not what they were", () =>
  inRun(RESULT, async (folder) => {
    const file = `${folder}/models/small/model.onnx`;
    const bytes = await Deno.readFile(file);
    bytes[bytes.length >> 1]! ^= 1;
    await Deno.writeFile(file, bytes);
    await rejects(readModel(folder, "small"), RunError, /model\.onnx: damaged: found SHA-256/);
    await Deno.remove(file);
    await rejects(readModel(folder, "small"), RunError, /model\.onnx: no such file/);
  }));

Deno.test("ReadModel.picture() refuses a picture that is missing or not what it was", () =>
  inRun(RESULT, async (folder) => {
    const { picture } = await readModel(folder, "small");
    const digest = sha256(PICTURE);
    await Deno.writeTextFile(`${folder}/${picturePath(digest)}`, "another");
    await rejects(picture(digest), RunError, /\.png: damaged/);
    await Deno.remove(`${folder}/${picturePath(digest)}`);
    await rejects(picture(digest), RunError, /\.png: no such file/);
  }));

const WRONG: readonly (readonly [string, (model: ExportedModel) => object, RegExp])[] = [
  ["another version", (model) => ({ ...model, schemaVersion: 2 }), /found 2, wanted 1: run its/],
  ["an unknown key", (model) => ({ ...model, x: 1 }), /x: unknown key/],
  [
    "too few prototypes",
    (model) => ({ ...model, prototypes: model.prototypes.slice(1) }),
    /does not fit its network: last layer: found 4 values, wanted 2/,
  ],
  [
    "a class that is none",
    (model) => ({ ...model, prototypes: model.prototypes.map((one) => ({ ...one, label: 7 })) }),
    /found a prototype of class 7/,
  ],
];

for (const [what, change, message] of WRONG) {
  Deno.test(`readModel() refuses a description with ${what}`, () =>
    inRun(
      RESULT,
      (folder) => rejects(readModel(folder, "small"), RunError, message),
      change,
    ));
}
