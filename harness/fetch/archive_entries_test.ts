import assert from "node:assert/strict";
import type { Header } from "tar-stream";
import { RunError } from "../base/mod.ts";
import { archiveEntries, type ArchiveLimits } from "./archive_entries.ts";
import { inTempFolder } from "./testdata/pin_of.ts";
import { gzip, type TarEntry, tarGzOf, tarOf } from "./testdata/tar_of.ts";

const LIMITS: ArchiveLimits = { entries: 10, entryBytes: 1000, totalBytes: 50_000 };
const task = { advance() {}, finish() {} };

/** Reads a whole archive: path and text of every file. */
async function contents(
  archive: Uint8Array,
  limits = LIMITS,
  signal = new AbortController().signal,
): Promise<[string, string][]> {
  const files: [string, string][] = [];
  await inTempFolder(async (folder) => {
    await Deno.writeFile(`${folder}/a.tgz`, archive);
    for await (const file of archiveEntries(`${folder}/a.tgz`, limits, signal, task)) {
      files.push([file.path, new TextDecoder().decode(await file.read())]);
    }
  });
  return files;
}

function refuses(archive: Uint8Array, message: RegExp, limits = LIMITS): Promise<void> {
  return assert.rejects(
    contents(archive, limits),
    (error) => error instanceof RunError && message.test(error.message),
  );
}

/** A good file, the bad one, another good file. */
function around(bad: TarEntry): Promise<Uint8Array> {
  return tarGzOf([{ name: "a/1", content: "one" }, bad, { name: "a/2", content: "two" }]);
}

Deno.test("archiveEntries() gives every file and passes over directories", async () => {
  const archive = await tarGzOf([
    { name: "./top/", type: "directory" },
    { name: "./top/one", content: "1" },
    { name: "top//two", content: "" },
    { name: "top/three", content: "x".repeat(1000) },
  ]);
  assert.deepEqual(await contents(archive), [
    ["top/one", "1"],
    ["top/two", ""],
    ["top/three", "x".repeat(1000)],
  ]);
});

Deno.test("archiveEntries() goes on when a file is not read", () =>
  inTempFolder(async (folder) => {
    const entries = [1, 2, 3].map((n) => ({ name: `f${n}`, content: "x".repeat(999) }));
    await Deno.writeFile(`${folder}/a.tgz`, await tarGzOf(entries));
    const paths: string[] = [];
    const { signal } = new AbortController();
    for await (const { path } of archiveEntries(`${folder}/a.tgz`, LIMITS, signal, task)) {
      paths.push(path);
    }
    assert.deepEqual(paths, ["f1", "f2", "f3"]);
  }));

const UNSAFE_NAMES: readonly [string, RegExp][] = [
  ["/etc/passwd", /entry 2 "\/etc\/passwd": absolute path/],
  ["C:/windows/x", /entry 2 .*: absolute path/],
  ["../x", /entry 2 "\.\.\/x": leaves its folder/],
  ["a/../../x", /leaves its folder/],
  ["a/..", /leaves its folder/],
  ["..\\x", /a NUL or a backslash/],
  ["a\\..\\x", /a NUL or a backslash/],
];

for (const [name, message] of UNSAFE_NAMES) {
  Deno.test(`archiveEntries() refuses the name ${name}`, async () => {
    await refuses(await around({ name, content: "bad" }), message);
  });
}

Deno.test("archiveEntries() refuses a NUL in a name of an extended header", async () => {
  await refuses(
    await around({ name: "x", pax: { path: "good\0/../bad" } }),
    /a NUL or a backslash/,
  );
});

Deno.test("archiveEntries() refuses an unsafe name of an extended header", async () => {
  await refuses(await around({ name: "x", pax: { path: "/etc/passwd" } }), /absolute path/);
});

const UNSAFE_TYPES: readonly Header["type"][] = [
  "symlink",
  "link",
  "character-device",
  "block-device",
  "fifo",
  "contiguous-file",
];

for (const type of UNSAFE_TYPES) {
  Deno.test(`archiveEntries() refuses a ${type}`, async () => {
    const bad = await around({ name: "a/bad", type, linkname: "1" });
    await refuses(bad, new RegExp(`entry 2 "a/bad": ${type}.*, wanted a file or directory`));
  });
}

Deno.test("archiveEntries() refuses an entry of unknown kind", async () => {
  const tar = await tarOf([{ name: "x", content: "1" }]);
  tar[156] = "S".charCodeAt(0);
  let sum = 8 * 32;
  for (let i = 0; i < 512; i++) if (i < 148 || i >= 156) sum += tar[i]!;
  tar.set(new TextEncoder().encode(`${sum.toString(8).padStart(6, "0")}\0 `), 148);
  await refuses(await gzip(tar), /"x": unknown kind, wanted a file or directory/);
});

Deno.test("archiveEntries() refuses a file that comes twice", async () => {
  await refuses(await around({ name: "a/1", content: "bad" }), /entry 2 "a\/1": comes twice/);
  await refuses(await around({ name: "./A//1", content: "bad" }), /comes twice/);
});

Deno.test("archiveEntries() refuses a file that is too large", async () => {
  const archive = await around({ name: "big", content: "x".repeat(1001) });
  await refuses(archive, /entry 2 "big": 1001 bytes, wanted at most 1000/);
});

Deno.test("archiveEntries() refuses too many entries", async () => {
  const entries = Array.from({ length: 11 }, (_, n) => ({ name: `${n}` }));
  await refuses(await tarGzOf(entries), /more than 10 entries/);
  const folders = entries.map(({ name }) => ({ name, type: "directory" as const }));
  await refuses(await tarGzOf(folders), /more than 10 entries/);
});

Deno.test("archiveEntries() refuses an archive that inflates to too much", async () => {
  const zeros = await gzip(new Uint8Array(5_000_000));
  assert.ok(zeros.length < 10_000);
  await refuses(zeros, /more than 50000 bytes without its compression/);
  const entries = Array.from({ length: 8 }, (_, n) => ({ name: `${n}`, content: "x".repeat(900) }));
  await refuses(await tarGzOf(entries), /more than 9000 bytes/, { ...LIMITS, totalBytes: 9000 });
});

Deno.test("archiveEntries() refuses an archive that is cut off, wherever", async () => {
  const archive = await around({ name: "a/3", content: "x".repeat(1000) });
  for (const length of [0, 5, 30, Math.floor(archive.length / 2), archive.length - 4]) {
    await refuses(archive.subarray(0, length), /a\.tgz: broken archive/);
  }
  const tar = await tarOf([{ name: "x", content: "x".repeat(900) }]);
  await refuses(await gzip(tar.slice(0, 700)), /a\.tgz: broken archive/);
});

Deno.test("archiveEntries() refuses what is no archive", async () => {
  await refuses(new TextEncoder().encode("<html>not here</html>"), /a\.tgz: broken archive/);
  const text = new TextEncoder().encode("no tar ".repeat(200));
  await refuses(await gzip(text), /a\.tgz: broken archive/);
});

Deno.test("archiveEntries() stops when it is interrupted", async () => {
  const controller = new AbortController();
  controller.abort();
  await assert.rejects(contents(await around({ name: "x" }), LIMITS, controller.signal), {
    name: "AbortError",
  });
});
