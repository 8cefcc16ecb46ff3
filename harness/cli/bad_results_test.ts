import assert from "node:assert/strict";
import { exampleResult } from "../../reports/testdata/example_result.ts";
import { protopnetExampleResult } from "../../reports/site/testdata/example_protopnet.ts";
import { run, Workshop } from "./testdata/workshop.ts";

/** Changes the text of a file. */
async function edit(file: string, change: (text: string) => string): Promise<void> {
  const before = await Deno.readTextFile(file);
  const after = change(before);
  assert.notEqual(after, before);
  await Deno.writeTextFile(file, after);
}

const BASELINES: readonly (readonly [string, (text: string) => string, RegExp])[] = [
  [
    "of another schema version",
    (text) => text.replace('"schemaVersion": 1', '"schemaVersion": 7'),
    /embedded\.json: schemaVersion: found 7, wanted 1; "gate --update-baseline" writes it anew/,
  ],
  ["cut short", (text) => text.slice(0, 2000), /embedded\.json: not JSON/],
  [
    "edited by hand",
    (text) => text.replace(/"value": [\d.]+/, '"value": 12.5'),
    /embedded\.json: seal: found \w+, wanted \w+: the file was changed by hand or damaged/,
  ],
  [
    "with NaN",
    (text) => text.replace(/"value": [\d.]+/, '"value": NaN'),
    /embedded\.json: not JSON/,
  ],
];

for (const [what, change, message] of BASELINES) {
  Deno.test(`gate refuses a baseline ${what} in one line`, async () => {
    await using shop = await Workshop.open();
    await edit(await shop.baseline(), change);
    const { code, out } = await shop.gate("id-hunchback", "--out", `${shop.folder}/run`);
    assert.equal(code, 3);
    assert.match(out, message);
    assert.equal(out.trim().split("\n").length, 1);
  });
}

Deno.test("gate fails a result without a number that is gated", async () => {
  await using shop = await Workshop.open();
  await shop.baseline();
  const file = await shop.write("without", { accuracies: [] });
  const { code, out } = await shop.gate("id-hunchback", "--result", file);
  assert.equal(code, 1);
  assert.match(
    out,
    /trainings\/net\/test-accuracy +0\.92 +- +FAILED +the result has no such number/,
  );
});

Deno.test("gate refuses a result with NaN and a result that is cut short", async () => {
  await using shop = await Workshop.open();
  await shop.baseline();
  for (
    const [name, change] of [
      ["nan", (text: string) => text.replace(/"accuracy":[\d.]+/, '"accuracy":NaN')],
      ["short", (text: string) => text.slice(0, 500)],
    ] as const
  ) {
    const file = await shop.write(name);
    await edit(file, change);
    const { code, out } = await shop.gate("id-hunchback", "--result", file);
    assert.equal(code, 3);
    assert.match(out, new RegExp(`${name}/result\\.json: not JSON`));
  }
});

async function inFolder(body: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    await body(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

async function write(file: string, text: string): Promise<void> {
  await Deno.mkdir(file.replace(/\/[^/]*$/, ""), { recursive: true });
  await Deno.writeTextFile(file, text);
}

Deno.test("publish refuses two results of one run whose contents differ", () =>
  inFolder(async (folder) => {
    const text = JSON.stringify(exampleResult());
    await write(`${folder}/results/a/result.json`, text);
    await write(`${folder}/results/b/result.json`, text.replace("not reproduced", "reproduced"));
    const { code, err } = await run("publish", `${folder}/results`, "--out", `${folder}/site`);
    assert.equal(code, 3);
    assert.match(err, /a\/result\.json and .*b\/result\.json: both are the run of example/);
  }));

Deno.test("publish refuses a result whose pictures are missing", () =>
  inFolder(async (folder) => {
    await write(`${folder}/results/result.json`, JSON.stringify(protopnetExampleResult()));
    const { code, err } = await run("publish", `${folder}/results`, "--out", `${folder}/site`);
    assert.equal(code, 3);
    assert.match(err, /results\/pictures\/a{64}\.png: no such file or folder/);
  }));

Deno.test("publish leaves files that are not of the site alone, and stops where one is in its way", () =>
  inFolder(async (folder) => {
    const site = `${folder}/site`;
    await write(`${folder}/results/result.json`, JSON.stringify(protopnetExampleResult()));
    for (const digit of ["a", "b", "c"]) {
      await write(`${folder}/results/pictures/${digit.repeat(64)}.png`, digit);
    }
    await write(`${site}/CNAME`, "mine");
    await write(`${site}/index.html`, "mine");
    const args = ["publish", `${folder}/results`, "--out", site];
    const { code, err } = await run(...args);
    assert.equal(code, 3);
    assert.match(err, /site\/index\.html: found something that manifest\.json does not name/);
    assert.equal(await Deno.readTextFile(`${site}/index.html`), "mine");
    await Deno.remove(`${site}/index.html`);
    assert.equal((await run(...args)).code, 0);
    assert.equal(await Deno.readTextFile(`${site}/CNAME`), "mine");
    assert.match(await Deno.readTextFile(`${site}/index.html`), /^<!doctype html>/);
  }));
