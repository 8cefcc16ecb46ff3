import assert from "node:assert/strict";
import { type CreateFile, createFile, writeAtomically } from "./atomic_write.ts";
import { RunError } from "./errors.ts";
import { diskOf, inTemporaryFolder, namesIn } from "./testdata/disk.ts";

const utf8 = new TextEncoder();

Deno.test("writeAtomically() replaces a file and makes its folder", () =>
  inTemporaryFolder(async (folder) => {
    const path = `${folder}/out/result.json`;
    await writeAtomically(path, utf8.encode("old"));
    await writeAtomically(path, utf8.encode("new"));
    assert.equal(await Deno.readTextFile(path), "new");
    assert.deepEqual(namesIn(`${folder}/out`), ["result.json"]);
  }));

Deno.test("writeAtomically() goes on when the disk takes a part at a time", () =>
  inTemporaryFolder(async (folder) => {
    const create: CreateFile = async (path) => {
      const file = await createFile(path);
      return {
        write: (bytes) => file.write(bytes.subarray(0, 3)),
        sync: () => file.sync(),
        close: () => file.close(),
      };
    };
    await writeAtomically(`${folder}/a`, utf8.encode("0123456789"), { create });
    assert.equal(await Deno.readTextFile(`${folder}/a`), "0123456789");
  }));

Deno.test("writeAtomically() throws RunError naming the file when the disk is full", () =>
  inTemporaryFolder(async (folder) => {
    const path = `${folder}/a`;
    await writeAtomically(path, utf8.encode("old"));
    for (const room of [0, 1, 9]) {
      await assert.rejects(
        writeAtomically(path, utf8.encode("0123456789"), { create: diskOf(room) }),
        new RunError(`${path}: cannot be written: No space left on device (os error 28)`),
      );
      assert.deepEqual(namesIn(folder), ["a"]);
      assert.equal(await Deno.readTextFile(path), "old");
    }
    await writeAtomically(path, utf8.encode("0123456789"), { create: diskOf(10) });
    assert.equal(await Deno.readTextFile(path), "0123456789");
  }));

Deno.test("writeAtomically() throws RunError when a file stands where a folder should", () =>
  inTemporaryFolder(async (folder) => {
    await Deno.writeTextFile(`${folder}/out`, "");
    await assert.rejects(
      writeAtomically(`${folder}/out/a`, utf8.encode("x")),
      (error) =>
        error instanceof RunError && error.message.startsWith(`${folder}/out/a: cannot be written`),
    );
  }));
