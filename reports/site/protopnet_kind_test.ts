import assert from "node:assert/strict";
import { all, parseHtml } from "../testdata/parse_html.ts";
import { publishedRuns, readContent, siteFiles } from "./mod.ts";
import { PICTURES, protopnetExampleResult } from "./testdata/example_protopnet.ts";

const PNG = new Uint8Array([137, 80, 78, 71]);

function build() {
  const text = JSON.stringify(protopnetExampleResult());
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
  assert.match(textOf(`${folder}/report.html`), /data:image\/png;base64,iVBORw/);
});
