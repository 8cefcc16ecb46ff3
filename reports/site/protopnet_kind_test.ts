import assert from "node:assert/strict";
import { all, parseHtml } from "../testdata/parse_html.ts";
import { publishedRuns, readContent, siteFiles } from "./mod.ts";
import {
  fullProtopnetExample,
  PICTURES,
  protopnetExampleResult,
} from "./testdata/example_protopnet.ts";

const PNG = new Uint8Array([137, 80, 78, 71]);

function build(text = JSON.stringify(protopnetExampleResult())) {
  const content = readContent(text, "result.json");
  const pictures = new Map(content.pictures.map((name) => [name, PNG]));
  const run = { file: "result.json", bytes: new TextEncoder().encode(text), content, pictures };
  const runs = publishedRuns([run]);
  const files = new Map([...siteFiles(runs)].map(({ path, bytes }) => [path, bytes]));
  const textOf = (path: string) => new TextDecoder().decode(files.get(path));
  return { files, folder: `runs/${runs[0]!.slug}`, content, textOf };
}

Deno.test("protopnetKind shows scoring sheets whose pictures lie beside the page", () => {
  const { files, folder, content, textOf } = build();
  assert.deepEqual(content.pictures, PICTURES.map((digest) => `${digest}.png`));
  const page = parseHtml(textOf(`${folder}/sheets.html`));
  const sources = all(page, "img").map((image) => image.getAttribute("src")!);
  assert.equal(sources.length, 4);
  for (const source of sources) assert.ok(files.has(`${folder}/${source}`), source);
  assert.match(textOf(`${folder}/index.html`), new RegExp(`href="../../${folder}/sheets.html"`));
  assert.match(textOf("contents.html"), /sheets\.html/);
});

Deno.test("protopnetKind lays its accuracy beside the paper's", () => {
  const { folder, textOf } = build();
  const page = parseHtml(textOf("networks/protopnet-small.html"));
  const cells = all(page, "details tbody tr:first-child > *").map((cell) => cell.textContent);
  assert.deepEqual(cells, ["test accuracy, %", "79.2", "75.0"]);
  assert.match(
    textOf(`${folder}/accuracy.csv`),
    /protopnet-small,protopnet,birds,0,1,ort cpu,3,4,0\.75,0\.5,79\.2/,
  );
  assert.match(
    textOf(`${folder}/metrics.csv`),
    /protopnet-small,0,purity,0\.6,0\.1,2,half of the box/,
  );
});

Deno.test("protopnetKind gives the report with its pictures beside it, and every figure", () => {
  const text = JSON.stringify(fullProtopnetExample());
  const { files, folder, textOf } = build(text);
  const sources = all(parseHtml(textOf(`${folder}/report.html`)), "img")
    .map((image) => image.getAttribute("src")!);
  assert.ok(sources.length > 0);
  for (const source of sources) assert.ok(files.has(`${folder}/${source}`), source);
  const figures = [...files.keys()].filter((path) => path.startsWith(`${folder}/figures/`));
  assert.deepEqual(figures.map((path) => path.slice(folder.length + "/figures/".length)), [
    "01-test-accuracy-of-the-models.svg",
    "02-validation-accuracy-in-training-protopnet-example.svg",
  ]);
  for (const path of figures) assert.match(textOf(path), /^<\?xml [^]*<svg [^]*<\/svg>\n$/);
  assert.match(textOf(figures[0]!), / width="\d+"/);
});
