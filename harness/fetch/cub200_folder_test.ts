import assert from "node:assert/strict";
import { readCub200 } from "../../datasets/cub200/mod.ts";
import { tinyCub } from "../../datasets/cub200/testdata/tiny_cub.ts";
import { type ArchivePin, type Downloads, readDownloads } from "../../datasets/downloads.ts";
import { loadPhotographs } from "../../datasets/photographs/mod.ts";
import { fetchDownload } from "./fetch_download.ts";
import { FileServer, type ServedFile } from "./testdata/file_server.ts";
import { inTempFolder, namesIn, pinOf, quickTransfer } from "./testdata/pin_of.ts";
import { tarGzOf } from "./testdata/tar_of.ts";

const FILE = "CUB_200_2011.tgz";
const ROOT = "CUB_200_2011";

/** The archive in small, as the authors pack it: with attributes, one list of them beside the folder. */
function tinyArchive(without = ""): Promise<Uint8Array> {
  const files = Object.entries(tinyCub()).filter(([name]) => name !== without);
  return tarGzOf([
    { name: "attributes.txt", content: "1 has_bill_shape::curved\n" },
    { name: `${ROOT}/`, type: "directory" },
    { name: `${ROOT}/attributes/certainties.txt`, content: "1 guessing\n" },
    { name: `${ROOT}/parts/part_click_locs.txt`, content: "" },
    ...files.map(([name, content]) => ({ name: `${ROOT}/${name}`, content })),
  ]);
}

/** The program's own pin of the set, for another archive with eight images. */
function downloadsOf(server: FileServer, archive: Uint8Array): Downloads {
  const own: ArchivePin = readDownloads().downloads["cub200"]!.archives[0]!;
  return {
    note: "",
    hosts: ["127.0.0.1"],
    sources: { caltech: { repository: "https://example.org", bases: [`${server.base}a/`] } },
    downloads: {
      cub200: {
        summary: "",
        networks: [],
        lacking: [],
        archives: [{ ...own, ...pinOf(archive), folders: { images: 8 } }],
      },
    },
  };
}

/** Fetches an archive into a folder of its own. */
function fetched(
  archive: Uint8Array,
  served: Partial<ServedFile>,
  body: (
    run: () => ReturnType<typeof fetchDownload>,
    root: string,
    server: FileServer,
  ) => Promise<void>,
): Promise<void> {
  return inTempFolder(async (root) => {
    await using server = new FileServer();
    server.files.set(`a/${FILE}`, { bytes: archive, etag: '"1"', ...served });
    const downloads = downloadsOf(server, archive);
    const run = () => fetchDownload("cub200", { ...quickTransfer(), dataRoot: root, downloads });
    await body(run, root, server);
  });
}

Deno.test("fetchDownload() makes CUB-200-2011's folder, from where the connection was cut", async () => {
  await fetched(await tinyArchive(), { cutAfter: [200] }, async (run, root, server) => {
    assert.deepEqual((await run()).items, [{ name: "cub200", state: "fetched" }]);
    assert.deepEqual(server.requests.map(({ range }) => range), [undefined, "bytes=200-"]);
    const folder = `${root}/data/cub200`;
    assert.deepEqual(namesIn(`${folder}/parts`), ["part_locs.txt", "parts.txt"]);
    assert.equal(namesIn(folder).includes("attributes"), false);
    assert.deepEqual(namesIn(`${root}/data`), ["cub200"]);
    const { classes, train } = await readCub200(folder);
    const { images } = await loadPhotographs(train, classes, { size: 4, set: "train" });
    assert.equal(images.labels.length, 4);
    assert.deepEqual((await run()).items, [{ name: "cub200", state: "present" }]);
  });
});

Deno.test("fetchDownload() refuses an archive of CUB-200-2011 that lacks a list or an image", async () => {
  await fetched(await tinyArchive("images.txt"), {}, async (run) => {
    await assert.rejects(run, /no file "CUB_200_2011\/images\.txt" in the archive/);
  });
  await fetched(await tinyArchive("images/001.Auk/a_2.jpg"), {}, async (run, root) => {
    await assert.rejects(run, /CUB_200_2011\/images: 7 files in the archive, wanted 8/);
    assert.equal(namesIn(`${root}/data`).includes("cub200"), false);
  });
});
