import assert from "node:assert/strict";
import { publishedRuns, readContent, siteFiles } from "../../reports/mod.ts";
import { PICTURES, protopnetExampleResult } from "../../reports/site/testdata/example_protopnet.ts";
import { inRun, smallModel } from "../exported/testdata/small_run.ts";
import { liveAdditions } from "./live_additions.ts";
import { liveModelOf } from "./live_model_of.ts";

const PLACES = { sheets: "s.html", home: "h.html" };

/** The result of a run with the network that was exported. */
const TEXT = JSON.stringify(protopnetExampleResult()).replaceAll("protopnet-small", "small");

Deno.test("liveModelOf() is what the run left", () =>
  inRun(JSON.parse(TEXT), async (folder) => {
    const live = await liveModelOf(folder, "small", PLACES);
    const { model, onnx } = smallModel();
    assert.deepEqual([...live.onnx], [...onnx]);
    assert.deepEqual(live.images.map(({ logits }) => logits), [[1, 2]]);
    assert.deepEqual(live.prototypes.map(({ name }) => name), ["i0", "i1"]);
    assert.deepEqual(live.layer.classOf, Int32Array.of(0, 1));
    assert.deepEqual([live.classes, live.sheets], [model.classes, "s.html"]);
  }));

Deno.test("liveModelOf() refuses a network that takes no colours", () =>
  inRun(
    JSON.parse(TEXT),
    (folder) => assert.rejects(liveModelOf(folder, "small", PLACES), /found an input of 1 channel/),
    (model) => ({ ...model, input: { ...model.input, channels: 1 } }),
  ));

Deno.test("liveAdditions() makes a page to which the page of its run leads, and back", () =>
  inRun(JSON.parse(TEXT), async (folder) => {
    const content = readContent(TEXT, "result.json");
    const runs = publishedRuns([{
      file: `${folder}/result.json`,
      bytes: new TextEncoder().encode(TEXT),
      content,
      pictures: new Map(content.pictures.map((name) => [name, new Uint8Array([137])])),
    }]);
    const files = new Map(
      [...siteFiles(runs, await liveAdditions(runs))].map(({ path, bytes }) => [path, bytes]),
    );
    const page = `live/${runs[0]!.slug}-small/index.html`;
    const textOf = (path: string) => new TextDecoder().decode(files.get(path));
    assert.match(textOf(`runs/${runs[0]!.slug}/index.html`), new RegExp(`href="../../${page}"`));
    const sheets = /href="\.\.\/\.\.\/(runs\/[^"]+)">scoring sheets/.exec(textOf(page))![1]!;
    assert.ok(files.has(sheets), sheets);
    for (const [, script] of textOf(page).matchAll(/src="([^"]+)"/g)) {
      const path = new URL(script!, `file:///${page}`).pathname.slice(1);
      assert.ok(files.has(path), path);
    }
  }));

Deno.test("liveAdditions() makes one page for the same network of two runs, to which both lead", () =>
  inRun(JSON.parse(TEXT), async (folder) => {
    const runs = publishedRuns([1, 2].map((seed) => {
      const text = JSON.stringify({ ...JSON.parse(TEXT), seed });
      return {
        file: `${folder}/result.json`,
        bytes: new TextEncoder().encode(text),
        content: readContent(text, "result.json"),
        pictures: new Map(PICTURES.map((digest) => [`${digest}.png`, new Uint8Array([137])])),
      };
    }));
    const additions = await liveAdditions(runs);
    assert.equal(additions.length, 1);
    const pages = siteFiles(runs, additions.map((one) => ({ ...one, files: [] })));
    const files = new Map([...pages].map(({ path, bytes }) => [path, bytes]));
    for (const { slug } of runs) {
      const page = new TextDecoder().decode(files.get(`runs/${slug}/index.html`));
      assert.match(page, new RegExp(`href="../../${additions[0]!.path}"`));
    }
  }));

Deno.test("liveAdditions() leaves out runs without networks", async () => {
  const content = readContent(TEXT, "result.json");
  const run = {
    file: "nowhere/result.json",
    bytes: new Uint8Array(),
    content,
    pictures: new Map(),
  };
  assert.deepEqual(await liveAdditions(publishedRuns([run])), []);
});
