import assert from "node:assert/strict";
import { RunError } from "../base/mod.ts";
import type { SiteFile } from "../../reports/mod.ts";
import { MANIFEST } from "./manifest.ts";
import { writeSite } from "./write_site.ts";

function siteOf(files: Readonly<Record<string, string>>): SiteFile[] {
  return Object.entries(files).map(([path, text]) => ({
    path,
    bytes: new TextEncoder().encode(text),
  }));
}

async function inFolder(body: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    await body(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** Every file of a folder with its text, the manifest apart. */
async function contentOf(folder: string, under = ""): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  for await (const { name, isDirectory } of Deno.readDir(`${folder}/${under}`)) {
    const path = `${under}${name}`;
    if (isDirectory) Object.assign(found, await contentOf(folder, `${path}/`));
    else if (path !== MANIFEST) found[path] = await Deno.readTextFile(`${folder}/${path}`);
  }
  return found;
}

const FIRST = { "index.html": "one", "runs/a/index.html": "a", "runs/b/index.html": "b" };
const SECOND = { "index.html": "two", "runs/b/index.html": "b", "runs/c/index.html": "c" };

Deno.test("writeSite() replaces what it wrote, removes what is gone, writes what is new", () =>
  inFolder(async (folder) => {
    const first = await writeSite(folder, siteOf(FIRST));
    assert.deepEqual(first, { files: 3, bytes: 5, replaced: 3, removed: 0 });
    const second = await writeSite(folder, siteOf(SECOND));
    assert.deepEqual(second, { files: 3, bytes: 5, replaced: 2, removed: 1 });
    assert.deepEqual(await contentOf(folder), SECOND);
    const manifest = await Deno.readTextFile(`${folder}/${MANIFEST}`);
    await writeSite(folder, siteOf(SECOND).toReversed());
    assert.equal(await Deno.readTextFile(`${folder}/${MANIFEST}`), manifest);
  }));

Deno.test("writeSite() never touches files of others", () =>
  inFolder(async (folder) => {
    await writeSite(folder, siteOf(FIRST));
    const foreign = { "CNAME": "x", "runs/a/notes.txt": "mine", ".staging/keep.txt": "mine" };
    await Deno.mkdir(`${folder}/.staging`);
    for (const [path, text] of Object.entries(foreign)) {
      await Deno.writeTextFile(`${folder}/${path}`, text);
    }
    await writeSite(folder, siteOf(SECOND));
    assert.deepEqual(await contentOf(folder), { ...SECOND, ...foreign });
  }));

Deno.test("writeSite() refuses to write over a file of others, and changes nothing", () =>
  inFolder(async (folder) => {
    await writeSite(folder, siteOf(FIRST));
    await Deno.mkdir(`${folder}/runs/c`);
    await Deno.writeTextFile(`${folder}/runs/c/index.html`, "mine");
    await assert.rejects(
      writeSite(folder, siteOf(SECOND)),
      (error) =>
        error instanceof RunError && /runs\/c\/index\.html: found something/.test(error.message),
    );
    assert.deepEqual(await contentOf(folder), { ...FIRST, "runs/c/index.html": "mine" });
  }));

Deno.test("writeSite() does not follow a link out of its folder", () =>
  inFolder(async (folder) => {
    await Deno.mkdir(`${folder}/elsewhere`);
    await Deno.mkdir(`${folder}/site`);
    await Deno.symlink(`${folder}/elsewhere`, `${folder}/site/runs`);
    await assert.rejects(writeSite(`${folder}/site`, siteOf(FIRST)), RunError);
    assert.deepEqual([...Deno.readDirSync(`${folder}/elsewhere`)], []);
  }));

Deno.test("writeSite() leaves the old site when it fails or is stopped half way", () =>
  inFolder(async (folder) => {
    await writeSite(folder, siteOf(FIRST));
    function* broken(): Generator<SiteFile> {
      yield* siteOf({ "index.html": "two" });
      throw new RunError("runs/b: broken");
    }
    await assert.rejects(writeSite(folder, broken()), /runs\/b: broken/);
    assert.deepEqual(await contentOf(folder), FIRST);
    const controller = new AbortController();
    function* stopped(): Generator<SiteFile> {
      yield* siteOf({ "index.html": "two" });
      controller.abort();
      yield* siteOf({ "runs/b/index.html": "c" });
    }
    await assert.rejects(writeSite(folder, stopped(), controller.signal));
    assert.deepEqual(await contentOf(folder), FIRST);
  }));

Deno.test("writeSite() mends a site whose writing was killed between two renames", () =>
  inFolder(async (folder) => {
    await writeSite(folder, siteOf(FIRST));
    // As a kill after the first rename leaves it: one new file, the others old, parts waiting.
    const digests = JSON.parse(await Deno.readTextFile(`${folder}/${MANIFEST}`));
    digests.files["runs/c/index.html"] = "0".repeat(64);
    await Deno.writeTextFile(`${folder}/${MANIFEST}`, JSON.stringify(digests));
    await Deno.writeTextFile(`${folder}/index.html`, "two");
    await Deno.mkdir(`${folder}/.staging`);
    await Deno.writeTextFile(`${folder}/.staging/1.part`, "c");
    await writeSite(folder, siteOf(SECOND));
    assert.deepEqual(await contentOf(folder), SECOND);
  }));

for (
  const [what, text] of [
    ["not JSON", "{"],
    ["another version", `{"site":"published results","version":2,"files":{}}`],
    [
      "a path that leaves the folder",
      `{"site":"published results","version":1,"files":{"../x":"${"0".repeat(64)}"}}`,
    ],
  ] as const
) {
  Deno.test(`writeSite() refuses a manifest that is ${what}`, () =>
    inFolder(async (folder) => {
      await Deno.writeTextFile(`${folder}/${MANIFEST}`, text);
      await assert.rejects(writeSite(folder, siteOf(FIRST)), /cannot be told from it/);
      assert.deepEqual(await contentOf(folder), {});
    }));
}

Deno.test("writeSite() refuses paths that are not plain", () =>
  inFolder(async (folder) => {
    for (const path of ["../x", "/x", "a//b", "a/../b", "A", "a\\b", ".hidden", MANIFEST]) {
      await assert.rejects(writeSite(folder, siteOf({ [path]: "" })), TypeError);
    }
  }));
