import assert from "node:assert/strict";
import type { Downloads } from "../../datasets/downloads.ts";
import { readCifar10 } from "../../datasets/mod.ts";
import { tinyCifar10 } from "../../datasets/testdata/tiny_cifar10.ts";
import { UsageError } from "../base/mod.ts";
import { fetchDownload, type FetchOptions } from "./fetch_download.ts";
import { FileServer } from "./testdata/file_server.ts";
import { inTempFolder, namesIn, pinOf, quickTransfer } from "./testdata/pin_of.ts";
import { type TarEntry, tarGzOf } from "./testdata/tar_of.ts";

const ROOT = "cifar-10-batches-bin";
const FILES = Object.keys(tinyCifar10()).sort();

/** CIFAR-10's archive in small: as the authors pack it, with a page and in no order. */
function tinyArchive(more: readonly TarEntry[] = [], leftOut = ""): Promise<Uint8Array> {
  const files = Object.entries(tinyCifar10()).filter(([name]) => name !== leftOut);
  return tarGzOf([
    { name: `${ROOT}/`, type: "directory" },
    { name: `${ROOT}/readme.html`, content: "<html></html>" },
    ...files.map(([name, content]) => ({ name: `${ROOT}/${name}`, content })),
    ...more,
  ]);
}

function downloadsOf(server: FileServer, archive: Uint8Array): Downloads {
  server.files.set("a/cifar-10-binary.tar.gz", { bytes: archive, etag: '"1"' });
  return {
    note: "",
    hosts: ["127.0.0.1"],
    sources: { toronto: { repository: "https://example.org", bases: [`${server.base}a/`] } },
    downloads: {
      cifar10: {
        summary: "",
        networks: [],
        lacking: [],
        archives: [{
          id: "cifar10",
          source: "toronto",
          path: "cifar-10-binary.tar.gz",
          ...pinOf(archive),
          root: ROOT,
          files: FILES,
          folders: {},
          limits: { entries: 20, entryBytes: 40_000, totalBytes: 400_000 },
          terms: "for tests only",
        }],
      },
    },
  };
}

interface Scene {
  readonly server: FileServer;
  readonly root: string;
  readonly lines: string[];
  fetch(archive?: Uint8Array, more?: Partial<FetchOptions>): ReturnType<typeof fetchDownload>;
}

function scene(name: string, body: (scene: Scene) => Promise<void>): void {
  Deno.test(name, () =>
    inTempFolder(async (root) => {
      await using server = new FileServer();
      const lines: string[] = [];
      const good = await tinyArchive();
      const fetch: Scene["fetch"] = (archive = good, more = {}) => {
        const downloads = downloadsOf(server, archive);
        return fetchDownload("cifar10", {
          ...quickTransfer(lines),
          dataRoot: root,
          downloads,
          ...more,
        });
      };
      await body({ server, root, lines, fetch });
    }));
}

scene("fetchDownload() unpacks an archive's files to where the data set reads them", async (s) => {
  const { items, lacking } = await s.fetch();
  assert.deepEqual(items, [{ name: "cifar10", state: "fetched" }]);
  assert.deepEqual(lacking, []);
  assert.deepEqual(namesIn(`${s.root}/data`), ["cifar10"]);
  assert.deepEqual(
    namesIn(`${s.root}/data/cifar10`),
    ["SHA256SUMS", ...FILES, "fetched.json"].sort(),
  );
  assert.ok(s.lines.includes("for tests only"));
  const images = await readCifar10(`${s.root}/data/cifar10`, "train", { records: 10 });
  assert.equal(images.labels.length, 50);
});

scene("fetchDownload() leaves a whole archive folder and replaces a damaged one", async (s) => {
  await s.fetch();
  assert.deepEqual((await s.fetch()).items, [{ name: "cifar10", state: "present" }]);
  assert.equal(s.server.requests.length, 1);
  await Deno.truncate(`${s.root}/data/cifar10/data_batch_2.bin`, 5);
  assert.deepEqual((await s.fetch()).items, [{ name: "cifar10", state: "fetched" }]);
  const { size } = await Deno.stat(`${s.root}/data/cifar10/data_batch_2.bin`);
  assert.equal(size, 30_730);
});

scene("fetchDownload() goes on with an archive from where the connection was cut", async (s) => {
  const archive = await tinyArchive();
  const downloads = downloadsOf(s.server, archive);
  const served = s.server.files.get("a/cifar-10-binary.tar.gz")!;
  s.server.files.set("a/cifar-10-binary.tar.gz", { ...served, cutAfter: [100] });
  const options = { ...quickTransfer(), dataRoot: s.root, downloads };
  assert.equal((await fetchDownload("cifar10", options)).items[0]!.state, "fetched");
  assert.deepEqual(s.server.requests.map(({ range }) => range), [undefined, "bytes=100-"]);
});

scene("fetchDownload() makes no folder of an archive that is incomplete or unsafe", async (s) => {
  await assert.rejects(
    s.fetch(await tinyArchive([], "test_batch.bin")),
    /no file "cifar-10-batches-bin\/test_batch\.bin" in the archive/,
  );
  await assert.rejects(
    s.fetch(await tinyArchive([{ name: `${ROOT}/../../x`, content: "x" }])),
    /"cifar-10-batches-bin\/\.\.\/\.\.\/x": leaves its folder/,
  );
  assert.deepEqual(namesIn(`${s.root}/data`), ["cifar-10-binary.tar.gz"]);
});

scene("fetchDownload() leaves a folder alone that the user made", async (s) => {
  await Deno.mkdir(`${s.root}/data/cifar10`, { recursive: true });
  assert.deepEqual((await s.fetch()).items, [{ name: "cifar10", state: "kept" }]);
  assert.equal(s.server.requests.length, 0);
});

scene("fetchDownload() refuses networks of a download that has only images", (s) =>
  assert.rejects(
    s.fetch(undefined, { networks: ["resnet18"] }),
    new UsageError('fetch: network "resnet18": wanted none, there are only images'),
  ));
