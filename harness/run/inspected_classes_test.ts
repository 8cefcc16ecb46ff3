import assert from "node:assert/strict";
import { RunError } from "../base/mod.ts";
import { inspectedClasses } from "./inspected_classes.ts";

async function classes(file: string | undefined, folders: readonly string[], scores: number) {
  const root = await Deno.makeTempDir();
  try {
    await Deno.mkdir(`${root}/images`);
    if (file !== undefined) await Deno.writeTextFile(`${root}/classes.json`, file);
    const found = await inspectedClasses(`${root}/images`, folders, scores);
    return found && [...found.classOf.values(), found.how];
  } finally {
    await Deno.remove(root, { recursive: true });
  }
}

Deno.test("inspectedClasses() goes by classes.json beside the images first", async () => {
  const file = JSON.stringify({ b: { imagenet_index: 217 }, a: 3, c: 5 });
  assert.deepEqual(await classes(file, ["a", "b"], 1000), [3, 217, "by classes.json"]);
});

Deno.test("inspectedClasses() goes by numbers, and by order where there are as many folders as scores", async () => {
  assert.deepEqual(await classes(undefined, ["7", "2"], 10), [7, 2, "by the folders' numbers"]);
  assert.deepEqual(await classes(undefined, ["b", "c", "a"], 3), [
    ...[1, 2, 0, "by the folders' alphabetical order"],
  ]);
});

Deno.test("inspectedClasses() does not guess", async () => {
  assert.equal(await classes(undefined, ["a", "b"], 10), undefined);
  assert.equal(await classes(undefined, ["2", "10"], 10), undefined);
  assert.equal(await classes('{"a": 1}', ["a", "b"], 10), undefined);
});

Deno.test("inspectedClasses() refuses a broken classes.json", async () => {
  for (
    const [file, wanted] of [["[", /as JSON/], ["[1]", /an object/], [
      '{"a": -1}',
      /"a" is -1/,
    ]] as const
  ) {
    await assert.rejects(
      classes(file, ["a"], 10),
      (error) => error instanceof RunError && wanted.test(error.message),
    );
  }
});
