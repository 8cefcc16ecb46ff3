import assert from "node:assert/strict";
import { readIfThere, readInput } from "./read_input.ts";
import { assertRefused, inFolder } from "./testdata/in_folder.ts";

Deno.test("readInput() reads a file and names one that is absent, too large or a folder", () =>
  inFolder({ "f/a": "four" }, async (root) => {
    assert.equal((await readInput(`${root}/f/a`, 4)).length, 4);
    await assertRefused(() => readInput(`${root}/f/a`, 3), /\/a: 4 bytes, wanted at most 3$/);
    await assertRefused(() => readInput(`${root}/no`, 3), /\/no: no such file$/);
    await assertRefused(() => readInput(`${root}/no`, 3, "fetch it"), /\/no: fetch it$/);
    await assertRefused(() => readInput(`${root}/f`, 1e6), /\/f: cannot be read: /);
  }));

Deno.test("readIfThere() gives nothing when there is no file", () =>
  inFolder({ a: "" }, async (root) => {
    assert.equal(await readIfThere(`${root}/no`, 1), undefined);
    assert.equal((await readIfThere(`${root}/a`, 1))?.length, 0);
  }));
