import assert from "node:assert/strict";
import { encode } from "fast-png";
import { RunError } from "../../harness/base/mod.ts";
import { openCpu } from "../../harness/device/mod.ts";
import { parseHtml } from "../testdata/parse_html.ts";
import { type LiveImage, type LiveModel, livePageFiles } from "./mod.ts";
import { SIZE, smallLiveModel } from "./small_live_model_test.ts";

const { model } = await smallLiveModel(await openCpu(1), `"><script>broken</script>`);

function filesOf(changed: LiveModel): Map<string, Uint8Array> {
  return new Map(
    [...livePageFiles(changed, "../runtime/")].map(({ path, bytes }) => [path, bytes]),
  );
}

function textOf(path: string): string {
  return new TextDecoder().decode(filesOf(model).get(path));
}

Deno.test("livePageFiles() gives the same bytes for the same model", () => {
  assert.deepEqual(filesOf(model), filesOf(model));
});

Deno.test("livePageFiles() writes paths that a site takes", () => {
  for (const path of filesOf(model).keys()) assert.match(path, /^[0-9a-z]+([./-][0-9a-z]+)*$/);
});

Deno.test("livePageFiles() makes nothing of names but text", () => {
  const page = parseHtml(textOf("index.html"));
  const scripts = [...page.querySelectorAll("script")];
  assert.ok(scripts.every((script) => script.getAttribute("src") && !script.textContent));
  assert.ok(page.querySelector("h1")?.textContent.endsWith(`"><script>broken</script>`));
  assert.ok(!textOf("numbers.js").includes("<"));
});

Deno.test("livePageFiles() names only files that it or liveRuntimeFiles() writes", () => {
  const page = parseHtml(textOf("index.html"));
  const files = filesOf(model);
  for (const shown of page.querySelectorAll("img, script")) {
    const address = shown.getAttribute("src")!;
    assert.ok(files.has(address) || address.startsWith("../runtime/"), address);
  }
});

Deno.test("livePageFiles() leads to static sheets where there is no script", () => {
  const page = parseHtml(textOf("index.html"));
  const link = page.querySelector("noscript a");
  assert.equal(link?.getAttribute("href"), model.sheets);
});

function withImage(changes: Partial<LiveImage>): LiveModel {
  return { ...model, images: [{ ...model.images[0]!, ...changes }, ...model.images.slice(1)] };
}

function pngOf(width: number, channels: 1 | 3): Uint8Array {
  const data = new Uint8Array(width * SIZE * channels);
  return encode({ width, height: SIZE, channels, depth: 8, data });
}

const BROKEN: readonly (readonly [string, LiveModel, RegExp])[] = [
  ["no images", { ...model, images: [] }, /found 0 images, wanted 1 to 200$/],
  ["classes without names", { ...model, classes: ["a"] }, /classes: found 1, wanted 20$/],
  ["prototypes without pictures", { ...model, prototypes: [] }, /prototypes: found 0, wanted 60$/],
  ["too few logits", withImage({ logits: [1] }), /logits of .*: found 1, wanted 20$/],
  ["a label that is none", withImage({ label: 20 }), /of class 20, wanted 0 to 19$/],
  ["an image of another width", withImage({ png: pngOf(60, 3) }), /found 60 x 64 pixels/],
  ["a grey image", withImage({ png: pngOf(SIZE, 1) }), /of 1 channels, 8 bits, wanted/],
  ["an image that is none", withImage({ png: Uint8Array.of(1, 2, 3) }), /wanted an 8-bit RGB PNG/],
];

for (const [what, broken, message] of BROKEN) {
  Deno.test(`livePageFiles() refuses ${what}`, () => {
    assert.throws(
      () => filesOf(broken),
      (error) => error instanceof RunError && message.test(error.message),
    );
  });
}
