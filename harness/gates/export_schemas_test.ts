import assert from "node:assert/strict";
import { gateSchemaFiles } from "./export_schemas.ts";
import { readBaseline } from "./baseline.ts";
import { readWrittenRules } from "./written_rules.ts";

const FOLDER = new URL("../../reports/baselines/", import.meta.url);

Deno.test("the committed schemas are those of the code", async () => {
  for (const [path, text] of Object.entries(gateSchemaFiles())) {
    assert.equal(await Deno.readTextFile(new URL(`../../${path}`, import.meta.url)), text, path);
  }
});

Deno.test("every committed baseline is whole and under its own name", async () => {
  for await (const { name: file } of Deno.readDir(FOLDER)) {
    if (file.endsWith(".schema.json") || file === "rules.json") continue;
    const { basis } = await readBaseline(`${FOLDER.pathname}${file}`);
    assert.equal(file, `${basis.experiment}-${basis.profile}.json`);
  }
});

Deno.test("the committed rules are valid", async () => {
  assert.ok(Array.isArray(await readWrittenRules(`${FOLDER.pathname}rules.json`)));
});
