import assert from "node:assert/strict";
import { RunError } from "../base/mod.ts";
import { fromBase64, numpyFiles, open, withFile } from "./testdata/files.ts";

Deno.test("openPoints() tells the kind of a file by its bytes", async () => {
  const npy = fromBase64(numpyFiles.arrays["version 2"].file);
  for (
    const [content, format] of [
      [npy, /^npy, float32/],
      [fromBase64(numpyFiles.archives.stored), /^npz, float64/],
      [new TextEncoder().encode("1 2\n3 4\n"), /^text/],
    ] as const
  ) {
    await withFile("points.dat", content, async (path) => {
      using points = await open(path);
      assert.match(points.format, format);
    });
  }
});

Deno.test("openPoints() says that a file is missing, or a folder", async () => {
  const folder = await Deno.makeTempDir();
  await assert.rejects(
    open(`${folder}/none.npy`),
    (error) => error instanceof RunError && /none\.npy: no such file$/.test(error.message),
  );
  await assert.rejects(
    open(folder),
    (error) => error instanceof RunError && /no file/.test(error.message),
  );
  await Deno.remove(folder);
});
