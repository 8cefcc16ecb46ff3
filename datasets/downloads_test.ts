import assert from "node:assert/strict";
import deno from "../deno.json" with { type: "json" };
import { RunError } from "../harness/base/mod.ts";
import { sharedTest } from "../harness/base/shared_data.ts";
import { parseDownloads, readDownloads, urlsOf } from "./downloads.ts";

const read = async (shared: URL, path: string) =>
  JSON.parse(await Deno.readTextFile(new URL(path, shared)));

/** The networks of Figures 3 and 4. */
const OF_PAPER = [
  "alexnet",
  ...["11", "13", "16", "19"].flatMap((depth) => [`vgg${depth}`, `vgg${depth}_bn`]),
  ...["18", "34", "50", "101", "152"].map((depth) => `resnet${depth}`),
];

Deno.test("readDownloads() accounts for every network of the paper", () => {
  const { networks, lacking } = readDownloads().downloads["imagenet"]!;
  const ids = [...networks, ...lacking].map(({ id }) => id);
  assert.equal(new Set(ids).size, ids.length);
  assert.deepEqual(OF_PAPER.filter((id) => !ids.includes(id)), []);
});

Deno.test("readDownloads() has the hosts that the fetch task may reach", () => {
  const [, hosts] = /--allow-net=([^\s']+)/.exec(deno.tasks.fetch.command) ?? [];
  assert.deepEqual(hosts?.split(",").sort(), readDownloads().hosts.toSorted());
});

Deno.test("parseDownloads() names what is wrong", () => {
  const list = structuredClone(readDownloads());
  list.downloads["imagenet"]!.networks[1]!.path = "../escape.onnx";
  Object.assign(list.downloads["imagenet"]!.imagenette!, { sha265: "" });
  assert.throws(() => parseDownloads(list, "list.json"), (error) => {
    assert.ok(error instanceof RunError);
    assert.match(error.message, /^list\.json: [\s\S]*sha265[\s\S]*networks\[1\]\.path/);
    return true;
  });
});

sharedTest("readDownloads() pins what the zoo's manifest and torchvision pin", async (shared) => {
  const { networks, imagenette } = readDownloads().downloads["imagenet"]!;
  const zoo: { path: string; bytes: number; sha256: string }[] =
    (await read(shared, "reference/onnx_zoo.json")).models;
  for (const { path, bytes, sha256 } of networks) {
    const { opset: _, model: __, ...pin } = zoo.find((entry) => entry.path === path) as
      & Record<string, unknown>
      & typeof zoo[number];
    assert.deepEqual(pin, { path, bytes, sha256 });
  }
  const pinned = await read(shared, "reference/downloads.json");
  assert.equal(imagenette!.md5, pinned["imagenette2-320"].md5);
  const [cifar10] = readDownloads().downloads["cifar10"]!.archives;
  assert.equal(cifar10!.md5, pinned["cifar-10-binary"].md5);
  assert.equal(
    urlsOf(readDownloads(), cifar10!)[0],
    pinned["cifar-10-binary"].url,
  );
  const [cub200] = readDownloads().downloads["cub200"]!.archives;
  const { md5, url, images } = pinned["cub-200-2011"];
  assert.deepEqual(
    [cub200!.md5, urlsOf(readDownloads(), cub200!)[0], cub200!.folders],
    [md5, url, { images }],
  );
  assert.deepEqual(imagenette!.classes, await read(shared, "data/imagenette/classes.json"));
});
