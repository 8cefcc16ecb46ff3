import assert from "node:assert/strict";
import { RunError, sha256 } from "../base/mod.ts";
import { publishedRuns, RESULT_KINDS, type ResultKind } from "../../reports/mod.ts";
import { profileContent } from "../../reports/site/profile_kind.ts";
import { exampleResult } from "../../reports/testdata/example_result.ts";
import { readRuns } from "./read_runs.ts";

async function inFolder(
  files: Readonly<Record<string, string>>,
  body: (folder: string) => Promise<void>,
): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    for (const [path, text] of Object.entries(files)) {
      await Deno.mkdir(`${folder}/${path}`.replace(/\/[^/]*$/, ""), { recursive: true });
      await Deno.writeTextFile(`${folder}/${path}`, text);
    }
    await body(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

const TEXT = JSON.stringify(exampleResult());

Deno.test("readRuns() finds results in folders at any depth and by name", () =>
  inFolder({ "a/result.json": TEXT, "b/c/result.json": TEXT, "x.json": TEXT }, async (folder) => {
    const files = (await readRuns([folder, `${folder}/x.json`, `${folder}/a`])).map((run) =>
      run.file.slice(folder.length + 1)
    );
    assert.deepEqual(files, ["a/result.json", "b/c/result.json", "x.json"]);
    assert.equal(publishedRuns(await readRuns([folder])).length, 1);
  }));

const BROKEN: readonly (readonly [string, string, RegExp])[] = [
  ["that is no JSON", TEXT.slice(0, 1000), /r\/result\.json: not JSON/],
  ["that is no object", "[1]", /wanted a result/],
  [
    "of another version",
    JSON.stringify({ ...exampleResult(), schemaVersion: 1 }),
    /schemaVersion: found 1, wanted 2: run its command again$/,
  ],
  [
    "of an unknown kind",
    JSON.stringify({ ...exampleResult(), kind: "other" }),
    /kind: found "other", which cannot be published$/,
  ],
  [
    "with things wrong",
    JSON.stringify({ ...exampleResult(), seed: "x", profile: 1 }),
    /r\/result\.json: .*, and 1 more$/,
  ],
];

for (const [what, text, message] of BROKEN) {
  Deno.test(`readRuns() refuses a result ${what} in one sentence`, () =>
    inFolder({ "r/result.json": text }, async (folder) => {
      await assert.rejects(
        readRuns([folder]),
        (error) =>
          error instanceof RunError && message.test(error.message) && !error.message.includes("\n"),
      );
    }));
}

Deno.test("readRuns() refuses places that are missing or empty", () =>
  inFolder({}, async (folder) => {
    await assert.rejects(readRuns([folder]), /found no result\.json in it/);
    await assert.rejects(readRuns([`${folder}/x`]), /no such file or folder/);
  }));

/** A kind whose results have one picture. */
function pictured(name: string): ResultKind[] {
  const read = (text: string) => ({ ...profileContent(JSON.parse(text)), pictures: [name] });
  return [{ ...RESULT_KINDS[0]!, read }];
}

Deno.test("readRuns() brings the pictures that a result names", () =>
  inFolder({ "r/result.json": TEXT, "r/pictures/a1.png": "P" }, async (folder) => {
    const [run] = await readRuns([folder], pictured("a1.png"));
    assert.deepEqual([...run!.pictures], [["a1.png", new TextEncoder().encode("P")]]);
  }));

Deno.test("readRuns() refuses a result whose pictures are missing or lie elsewhere", () =>
  inFolder({ "r/result.json": TEXT, "r/x.png": "P" }, async (folder) => {
    await assert.rejects(
      readRuns([folder], pictured("a1.png")),
      /r\/pictures\/a1\.png: no such file or folder/,
    );
    await assert.rejects(
      readRuns([folder], pictured("../x.png")),
      /found a picture "\.\.\/x\.png"/,
    );
  }));

Deno.test("readRuns() brings the lock file beside a result when its digest is that of the run", () => {
  const lock = "{}\n";
  const { environment } = exampleResult();
  const text = (lockSha256: string) =>
    JSON.stringify({ ...exampleResult(), environment: { ...environment, lockSha256 } });
  return inFolder({
    "own/result.json": text(sha256(lock)),
    "own/deno.lock": lock,
    "none/result.json": text(sha256(lock)),
    "other/result.json": text("a".repeat(64)),
    "other/deno.lock": lock,
    "older/result.json": TEXT,
    "older/deno.lock": lock,
  }, async (folder) => {
    const lockIn = async (name: string) => (await readRuns([`${folder}/${name}`]))[0]!.lock;
    assert.equal((await lockIn("own"))?.sha256, sha256(lock));
    assert.equal(await lockIn("none"), undefined);
    assert.equal(await lockIn("older"), undefined);
    await assert.rejects(lockIn("other"), /other\/deno\.lock: found the digest \w+, wanted aaaa/);
  });
});

Deno.test("publishedRuns() refuses one run with two contents, and takes one that is there twice", () => {
  const stored = (file: string, text: string) => ({
    file,
    bytes: new TextEncoder().encode(text),
    content: profileContent(JSON.parse(text)),
    pictures: new Map(),
  });
  const [a, b] = [stored("a/result.json", TEXT), stored("b/result.json", TEXT)];
  assert.equal(publishedRuns([a, b]).length, 1);
  const edited = stored("c/result.json", TEXT.replace("not reproduced", "reproduced"));
  assert.throws(
    () => publishedRuns([a, edited]),
    /a\/result\.json and c\/result\.json: both are the run of example .* contents differ/,
  );
  const other = { ...exampleResult(), seed: 1000 };
  assert.equal(publishedRuns([a, stored("d", JSON.stringify(other))]).length, 2);
});
