import assert from "node:assert/strict";
import { randomStream } from "../base/mod.ts";
import { main } from "./main.ts";

/** Runs the command in this process, with a file of points in a folder that is removed afterwards. */
async function estimate(
  name: string,
  text: string,
  ...args: string[]
): Promise<{ code: number; out: string; err: string }> {
  const folder = await Deno.makeTempDir();
  const { log, error } = console;
  const [out, err]: [string[], string[]] = [[], []];
  console.log = (line: string) => out.push(line);
  console.error = (line: string) => err.push(line);
  try {
    await Deno.writeTextFile(`${folder}/${name}`, text);
    const where = ["--store", `${folder}/store`, "--device", "cpu", "--threads", "1"];
    const code = await main(["estimate", `${folder}/${name}`, "--quiet", ...where, ...args])
      .finally(() => Object.assign(console, { log, error }));
    return { code, out: out.join("\n"), err: err.join("\n") };
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

function table(rows: number): string {
  const random = randomStream(1, "estimate test");
  const row = () => Array.from({ length: 4 }, () => random.normal()).join(",");
  return ["a,b,c,d", ...Array.from({ length: rows }, row)].join("\n");
}

Deno.test("estimate prints estimates, scales, hubs and calibration", async () => {
  const { code, out, err } = await estimate("points.csv", table(200));
  assert.equal(code, 0, err);
  assert.match(out, /points\.csv \(text, separated by commas, with a line of names\)/);
  assert.match(out, /200 points, 4 features \(0 constant\), 0 with an identical twin/);
  assert.match(out, /TwoNN, fit \(F = i\/N\) +[345]\.\d+ +\d\.\d+ to \d\.\d+/);
  assert.match(out, /Levina-Bickel, k = 20, harmonic mean +\d\.\d+ +\d\.\d+ to \d\.\d+/);
  assert.match(out, /Gride, ranks 32 and 64 +\d/);
  assert.match(out, /TwoNN, 8 blocks +\d/);
  assert.match(out, /Hubs: row \d+ \(counted from 0\) is the nearest neighbour of \d points/);
  assert.match(out, /Gaussian of dimension /);
  assert.match(out, /- Estimated at N = 200/);
});

Deno.test("estimate --json prints and writes the same under the names of result.json", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const { code, out } = await estimate("points.csv", table(100), "--json", "--out", folder);
    assert.equal(code, 0);
    const found = JSON.parse(out);
    assert.equal(typeof found.estimates.twonn_fit.value, "number");
    assert.equal(found.hub.share, found.hub.nearest_neighbour_of / 100);
    assert.deepEqual(JSON.parse(await Deno.readTextFile(`${folder}/estimate.json`)), found);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("estimate --report writes a page with the scale plot that loads nothing", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const { code, out } = await estimate("points.csv", table(200), "--report", "--out", folder);
    assert.equal(code, 0);
    assert.match(out, /report: .*report\.html$/);
    const page = await Deno.readTextFile(`${folder}/report.html`);
    assert.match(page, /<title>Estimates of points\.csv by scale<\/title>/);
    assert.match(page, /TwoNN, fit \(F &#x3D; i\/N\)<\/th><td class="n">[\d.]+<\/td><td>[\d.]+ to/);
    assert.match(page, /200 points, 4 features \(0 constant\), 0 with an identical twin/);
    assert.match(page, /Gaussian of dimension/);
    assert.doesNotMatch(page, /(src|href)="(?!#)/);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

const WRONG: [string, string[], number, RegExp][] = [
  [table(200).replace("\n", "\nx,1,2,3\n"), [], 3, /points\.csv:2:1: column 1 holds "x", wanted/],
  [table(5), [], 3, /points\.csv: 5 points, wanted at least 20/],
  [table(50), ["--array", "train"], 2, /--array: .*points\.csv is no \.npz archive/],
  [table(50), ["another.csv"], 2, /estimate: wanted one file/],
  [table(50), ["--samples", "60"], 2, /--samples: found 60, wanted at most the 50 of/],
];

for (const [text, args, code, message] of WRONG) {
  Deno.test(`estimate ends with ${code} and says ${message.source}`, async () => {
    const found = await estimate("points.csv", text, ...args);
    assert.equal(found.code, code, found.err);
    assert.match(found.err, message);
  });
}
