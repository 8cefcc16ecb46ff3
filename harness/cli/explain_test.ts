import assert from "node:assert/strict";
import { encode } from "fast-png";
import { inRun, RESULT } from "../exported/testdata/small_run.ts";
import { EXIT, main } from "./main.ts";

interface Said {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs the command line and keeps what it says. */
async function say(...args: string[]): Promise<Said> {
  const [out, err]: string[][] = [[], []];
  const { log, error } = console;
  console.log = (text: string) => void out!.push(text);
  console.error = (text: string) => void err!.push(text);
  try {
    return { code: await main(args), out: out!.join("\n"), err: err!.join("\n") };
  } finally {
    console.log = log;
    console.error = error;
  }
}

/** A grey image with alpha, wider than high. */
const GREY = encode({
  width: 50,
  height: 20,
  channels: 2,
  depth: 8,
  data: Uint8Array.from({ length: 2000 }, (_, at) => (at * 37) % 256),
});

Deno.test("explain writes a page and prints a sheet whose points add up to the score", () =>
  inRun(RESULT, async (folder) => {
    const file = `${folder}/<b>.png`;
    await Deno.writeFile(file, GREY);
    const page = `${folder}/page.html`;
    const args = ["explain", "--run", folder, "--image", file, "--out", page, "--device", "cpu"];
    const { code, out, err } = await say(...args, "--json");
    assert.equal(code, EXIT.passed, err);
    const { predicted, logits, classes } = JSON.parse(out);
    assert.equal(logits.length, 2);
    assert.equal(predicted.name, "ab"[predicted.label]);
    assert.equal(classes.length, 2);
    assert.equal(classes[0].label, predicted.label);
    for (const { label, logit, rows, others } of classes) {
      assert.equal(logit, logits[label]);
      assert.deepEqual(rows.map(({ prototype }: { prototype: number }) => prototype), [label]);
      assert.equal(rows[0].source.image, `i${label}`);
      assert.equal(others.prototypes, 1);
      assert.ok(others.points < 0);
      assert.ok(Math.abs(rows[0].points + others.points - logit) < 1e-5);
    }
    const html = await Deno.readTextFile(page);
    assert.match(html, /&lt;b&gt;\.png looks like [ab]/);
    assert.doesNotMatch(html, /<b>|https?:|<script/);

    const text = await say(...args, "--quiet");
    assert.match(text.out, /prototype +training image +similarity +x weight += points/);
    assert.match(text.out, /of other classes +-[\d.]+\n.*sum = score/);
    assert.match(text.out, /the decision\n[^]*rival 1\n/);
    assert.equal(text.err, "");
  }));

Deno.test("explain says in one sentence what is wrong", () =>
  inRun(RESULT, async (folder) => {
    const image = `${folder}/x.png`;
    await Deno.writeFile(image, GREY);
    await Deno.writeTextFile(`${folder}/x.gif`, "GIF89a");
    const CASES: readonly (readonly [number, readonly string[], RegExp])[] = [
      [EXIT.usage, ["--image", image], /--run: missing/],
      [EXIT.usage, ["--run", folder], /--image: missing/],
      [EXIT.usage, ["x", "--run", folder, "--image", image], /explain: found "x"/],
      [EXIT.usage, ["--run", folder, "--image", image, "--model", "smal"], /mean "small"/],
      [EXIT.usage, ["--run", folder, "--image", image, "--out", "x"], /--out: found "x"/],
      [EXIT.runFailed, ["--run", `${folder}/y`, "--image", image], /y\/result\.json: no such/],
      [EXIT.runFailed, ["--run", folder, "--image", `${folder}/y.png`], /y\.png: no such image/],
      [EXIT.runFailed, ["--run", folder, "--image", folder], /found a folder/],
      [EXIT.runFailed, ["--run", folder, "--image", `${folder}/x.gif`], /neither JPEG nor PNG/],
    ];
    for (const [wanted, args, message] of CASES) {
      const { code, err } = await say("explain", ...args, "--device", "cpu", "--quiet");
      assert.equal(code, wanted, err);
      assert.match(err, message);
    }
  }));
