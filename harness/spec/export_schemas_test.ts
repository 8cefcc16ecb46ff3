import assert from "node:assert/strict";
import { schemaFiles } from "./export_schemas.ts";

Deno.test("schemaFiles() gives what is committed; deno task schema writes it again", async () => {
  for (const [path, text] of Object.entries(schemaFiles())) {
    const committed = await Deno.readTextFile(new URL(`../../${path}`, import.meta.url));
    assert.deepEqual(JSON.parse(committed), JSON.parse(text), path);
  }
});
