import assert from "node:assert/strict";
import type { Downloads } from "../../datasets/downloads.ts";
import { imagenette, readModelFile, readModels } from "../../datasets/mod.ts";
import { RunError, UsageError } from "../base/mod.ts";
import { readGraph } from "../graph/mod.ts";
import { fetchDownload, type FetchOptions } from "./fetch_download.ts";
import { FileServer } from "./testdata/file_server.ts";
import { inTempFolder, namesIn, quickTransfer } from "./testdata/pin_of.ts";
import { KEPT_IMAGES, tinyArchive, tinyDownloads, tinyNetwork } from "./testdata/tiny_downloads.ts";
import { StopError } from "./transfer_error.ts";

const FREE = "free (free.onnx)";
const FIXED = "fixed (fixed.onnx)";

interface Scene {
  readonly server: FileServer;
  readonly downloads: Downloads;
  readonly root: string;
  readonly lines: string[];
  fetch(options?: Partial<FetchOptions>): ReturnType<typeof fetchDownload>;
}

function scene(name: string, body: (scene: Scene) => Promise<void>): void {
  Deno.test(name, () =>
    inTempFolder(async (root) => {
      await using server = new FileServer();
      const downloads = await tinyDownloads(server);
      const lines: string[] = [];
      const { patience, progress, signal, log } = quickTransfer(lines);
      const options = { dataRoot: root, downloads, patience, progress, signal, log };
      const fetch = (more = {}) => fetchDownload("imagenet", { ...options, ...more });
      await body({ server, downloads, root, lines, fetch });
    }));
}

/** Every file below a folder with its time of change. */
async function snapshot(root: string, folder = ""): Promise<[string, number][]> {
  const files: [string, number][] = [];
  for (const name of namesIn(`${root}/${folder}`)) {
    const path = `${folder}${name}`;
    const { isDirectory, mtime } = await Deno.stat(`${root}/${path}`);
    if (isDirectory) files.push(...await snapshot(root, `${path}/`));
    else files.push([path, mtime!.getTime()]);
  }
  return files;
}

scene("fetchDownload() makes a data root that the rest of the program reads", async (s) => {
  const { items, lacking } = await s.fetch();
  assert.deepEqual(items, [
    { name: "imagenette", state: "fetched" },
    { name: FREE, state: "fetched" },
    { name: FIXED, state: "fetched" },
  ]);
  assert.deepEqual(lacking, [{ id: "vgg11", why: "nobody has it" }]);
  assert.deepEqual((await snapshot(s.root)).map(([path]) => path), [
    ".fetch.lock",
    "data/imagenette/SHA256SUMS",
    "data/imagenette/classes.json",
    "data/imagenette/fetched.json",
    ...KEPT_IMAGES.map((path) => `data/imagenette/${path}`).sort(),
    "models/fixed.onnx",
    "models/free.onnx",
    "models/models.json",
  ]);

  const [free, fixed] = await readModels(s.root);
  assert.deepEqual(free!.input, {
    name: "data",
    shape: ["N", 3, 224, 224],
    dtype: "float32",
    layout: "NCHW",
    colour_order: "RGB",
    mean: [0.5, 0.5, 0.5],
    std: [0.25, 0.25, 0.25],
  });
  assert.deepEqual(fixed!.input.shape, [1, 3, 224, 224]);
  assert.equal(free!.parameters, 6);
  assert.deepEqual(free!.checkpoints, []);
  assert.equal(readGraph(await readModelFile(free!), free!.path).inputs[0]!.name, "data");

  const [tench] = await imagenette(s.root, { split: "train", samples: 3 });
  assert.equal(tench!.label, "tench");
  assert.deepEqual(tench!.names, ["n01440764_18.JPEG", "n01440764_5.JPEG", "n01440764_700.JPEG"]);
  const [val] = await imagenette(s.root, { split: "val", samples: 2 });
  assert.deepEqual(val!.names, ["ILSVRC2012_val_00009111.JPEG", "n01440764_9.JPEG"]);
});

scene("fetchDownload() changes nothing the second time", async (s) => {
  await s.fetch();
  const before = await snapshot(s.root);
  const { items } = await s.fetch();
  assert.deepEqual(items.map(({ state }) => state), ["present", "present", "present"]);
  assert.deepEqual(await snapshot(s.root), before);
  assert.equal(s.server.requests.length, 3);
});

scene("fetchDownload() fetches only the named networks", async (s) => {
  const { items } = await s.fetch({ networks: ["fixed"] });
  assert.deepEqual(items.map(({ name }) => name), ["imagenette", FIXED]);
  assert.deepEqual((await readModels(s.root)).map(({ id }) => id), ["fixed"]);
});

scene("fetchDownload() refuses unknown names and says what is meant or lacking", async (s) => {
  const refuses = (run: Promise<unknown>, message: RegExp) =>
    assert.rejects(run, (error) => error instanceof UsageError && message.test(error.message));
  const options = { downloads: s.downloads, dataRoot: s.root, ...quickTransfer() };
  await refuses(fetchDownload("imagnet", options), /"imagnet".*did you mean "imagenet"\?/);
  await refuses(fetchDownload("constructor", options), /"constructor", wanted one of imagenet/);
  await refuses(s.fetch({ networks: ["fred"] }), /network "fred".*did you mean "free"\?/);
  await refuses(s.fetch({ networks: ["vgg11"] }), /network "vgg11": nobody has it/);
  assert.equal(s.server.requests.length, 0);
});

scene("fetchDownload() fetches the rest when one file cannot be had", async (s) => {
  s.server.files.delete("zoo/nets/free.onnx");
  await assert.rejects(s.fetch(), (error) => {
    assert.ok(error instanceof RunError);
    assert.match(error.message, /fetch imagenet: 1 of 3 failed: .*free\.onnx.*404/);
    return true;
  });
  assert.deepEqual((await readModels(s.root)).map(({ id }) => id), ["fixed"]);
});

scene("fetchDownload() stops when the network is down, and a repeat goes on", async (s) => {
  const zoo = s.server.files.get("zoo/nets/free.onnx")!;
  s.server.files.set("zoo/nets/free.onnx", { ...zoo, cutAfter: [50, 0, 0] });
  await assert.rejects(s.fetch(), StopError);
  assert.equal(s.server.requests.some(({ path }) => path.endsWith("fixed.onnx")), false);
  const { items } = await s.fetch();
  assert.deepEqual(items.map(({ state }) => state), ["present", "fetched", "fetched"]);
  assert.equal(s.server.requests.at(-2)!.range, "bytes=50-");
});

scene("fetchDownload() replaces a damaged network and a damaged photograph", async (s) => {
  await s.fetch();
  await Deno.truncate(`${s.root}/models/free.onnx`, 10);
  await Deno.writeTextFile(`${s.root}/data/imagenette/${KEPT_IMAGES[0]}`, "damaged");
  const { items } = await s.fetch();
  assert.deepEqual(items.map(({ state }) => state), ["fetched", "fetched", "present"]);
  assert.ok(s.lines.some((line) => line.endsWith("_18.JPEG is damaged; fetching it again")));
  const free = await Deno.readFile(`${s.root}/models/free.onnx`);
  assert.deepEqual(free, new Uint8Array(tinyNetwork(null)));
});

scene("fetchDownload() sees missing and added photographs and another choice", async (s) => {
  const folder = `${s.root}/data/imagenette`;
  const stateAfter = async (options = {}) => (await s.fetch(options)).items[0]!.state;
  await s.fetch();
  await Deno.remove(`${folder}/${KEPT_IMAGES[1]}`);
  assert.equal(await stateAfter(), "fetched");
  await Deno.writeTextFile(`${folder}/train/n01440764/mine.JPEG`, "");
  assert.equal(await stateAfter(), "fetched");
  await Deno.writeTextFile(`${folder}/SHA256SUMS`, "");
  assert.equal(await stateAfter(), "fetched");
  const downloads = structuredClone(s.downloads);
  downloads.downloads["imagenet"]!.imagenette!.trainImages = 2;
  assert.equal(await stateAfter({ downloads }), "fetched");
  assert.equal(await stateAfter({ downloads }), "present");
});

scene("fetchDownload() leaves networks and photographs of the user alone", async (s) => {
  await s.fetch({ networks: ["fixed"] });
  const file = `${s.root}/models/models.json`;
  const [fixed] = await readModels(s.root);
  const { path: _path, ...entry } = fixed!;
  const own = { ...entry, id: "free", file: "own.onnx", mine: true };
  const list = { about: "mine", models: [own, { ...own, id: "other" }] };
  await Deno.writeTextFile(file, JSON.stringify(list));
  await Deno.remove(`${s.root}/data/imagenette/fetched.json`);
  const { items } = await s.fetch();
  assert.deepEqual(items.map(({ state }) => state), ["kept", "kept", "present"]);
  const after = JSON.parse(await Deno.readTextFile(file));
  assert.deepEqual(after.models.slice(0, 2), list.models);
  assert.equal(after.about, "mine");
  assert.deepEqual(after.models.map(({ id }: { id: string }) => id), ["free", "other", "fixed"]);
});

scene("fetchDownload() downloads nothing when models.json is broken", async (s) => {
  await Deno.mkdir(`${s.root}/models`);
  await Deno.writeTextFile(`${s.root}/models/models.json`, "{");
  await assert.rejects(s.fetch(), /models\.json: not a list of networks/);
  assert.equal(await Deno.readTextFile(`${s.root}/models/models.json`), "{");
  assert.equal(s.server.requests.length, 0);
});

scene("fetchDownload() refuses to run twice in one data root", async (s) => {
  let second: Promise<unknown> | undefined;
  const log = () => {
    second ??= assert.rejects(s.fetch(), /another fetch is writing to this folder/);
  };
  await s.fetch({ log });
  assert.ok(second);
  await second;
});

scene("fetchDownload() unpacks nothing of an unsafe archive", async (s) => {
  const archive = await tinyArchive([{ name: "../outside", content: "x" }]);
  const downloads = await tinyDownloads(s.server, archive);
  await assert.rejects(
    s.fetch({ downloads }),
    /1 of 3 failed: .*"\.\.\/outside": leaves its folder/,
  );
  assert.deepEqual(namesIn(`${s.root}/data`), ["imagenette2-320.tgz"]);
});

scene("fetchDownload() believes nothing that an interrupted unpacking left", async (s) => {
  const controller = new AbortController();
  const progress = {
    begin(label: string) {
      if (label.startsWith("unpacking")) controller.abort();
      return { advance() {}, finish() {} };
    },
  };
  await assert.rejects(s.fetch({ progress, signal: controller.signal }), { name: "AbortError" });
  assert.deepEqual(namesIn(`${s.root}/data`), ["imagenette2-320.tgz"]);
  // What a killed process would leave.
  await Deno.mkdir(`${s.root}/data/imagenette.unpacking/train`, { recursive: true });
  await s.fetch();
  assert.deepEqual(namesIn(`${s.root}/data`), ["imagenette"]);
  assert.equal(s.server.requests.filter(({ path }) => path.endsWith(".tgz")).length, 1);
});
