import assert from "node:assert/strict";
import { sha256 } from "../harness/base/mod.ts";
import { sharedTest } from "../harness/base/shared_data.ts";
import { readModelFile, readModels } from "./models_manifest.ts";
import { assertRefused, inFolder } from "./testdata/in_folder.ts";

const CONTENT = "not really a network";
const MODEL = {
  id: "a",
  architecture: "a",
  file: "sub/a.onnx",
  sha256: sha256(CONTENT),
  bytes: CONTENT.length,
  parameters: 1,
  licence: "",
  remark: "a key of somebody else's",
  input: { name: "i", shape: ["N", 3, 8, 8], mean: [0, 0, 0], std: [1, 1, 1] },
  output: { name: "o" },
};

function inRoot(models: unknown, body: (root: string) => Promise<void>): Promise<void> {
  const list = typeof models === "string" ? models : JSON.stringify({ models });
  return inFolder({ "models/models.json": list, "models/sub/a.onnx": CONTENT }, body);
}

function refused(models: unknown, message: RegExp): Promise<void> {
  return inRoot(models, (root) => assertRefused(() => readModels(root), message));
}

Deno.test("readModels() fills in defaults and keeps keys that it does not know", () =>
  inRoot([MODEL], async (root) => {
    const [model] = await readModels(root);
    assert.equal(model!.input.colour_order, "RGB");
    assert.deepEqual(model!.checkpoints, []);
    assert.equal(model!["remark"], MODEL.remark);
    assert.equal(model!.path, `${root}/models/sub/a.onnx`);
  }));

Deno.test("readModels() gives none when there is no list", () =>
  inFolder({ x: "" }, async (root) => assert.deepEqual(await readModels(root), [])));

for (
  const file of ["../a.onnx", "b/../../a.onnx", "/etc/a.onnx", "..\\a.onnx", "C:\\a.onnx", ".."]
) {
  Deno.test(`readModels() refuses the file ${file}, which leaves the folder`, () =>
    refused([MODEL, { ...MODEL, id: "b", file }], /models\[1\]\.file: ".*" leaves the folder$/));
}

Deno.test("readModels() names what is wrong", async () => {
  await refused("{", /models\.json: not a list of networks: /);
  await refused([{ ...MODEL, sha256: "ab" }], /not a list of networks: .*\n.*models\[0\]\.sha256/);
  await refused([{ ...MODEL, bytes: -1 }], /models\[0\]\.bytes/);
  await refused([{ ...MODEL, file: "" }], /models\[0\]\.file/);
  await refused([{ ...MODEL, input: { ...MODEL.input, mean: [0] } }], /for each channel/);
  await refused([MODEL, MODEL], /models\[1\]\.id: "a" is there twice$/);
});

Deno.test("readModelFile() refuses another file than the list says", () =>
  inRoot([MODEL], async (root) => {
    const [model] = await readModels(root);
    assert.equal(new TextDecoder().decode(await readModelFile(model!)), CONTENT);
    await assertRefused(
      () => readModelFile({ ...model!, sha256: "0".repeat(64) }),
      /a\.onnx: SHA-256 [0-9a-f]{64}, wanted 0{64} by models\.json$/,
    );
    await assertRefused(
      () => readModelFile({ ...model!, bytes: 5 }),
      /20 bytes, wanted at most 5$/,
    );
    await assertRefused(
      () => readModelFile({ ...model!, bytes: 21 }),
      /20 bytes, wanted 21 by models\.json$/,
    );
    await Deno.remove(model!.path);
    await assertRefused(() => readModelFile(model!), /a\.onnx: no such file$/);
  }));

sharedTest(
  "readModels() reads the shared networks and readModelFile() checks one",
  async (shared) => {
    const models = await readModels(shared.pathname);
    assert.ok(models.length >= 4);
    const smallest = models.toSorted((a, b) => a.bytes - b.bytes)[0]!;
    assert.equal((await readModelFile(smallest)).length, smallest.bytes);
  },
);
