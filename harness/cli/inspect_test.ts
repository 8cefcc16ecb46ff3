import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { sharedTest } from "../base/shared_data.ts";
import { writeGraph } from "../graph/mod.ts";
import { tinyNetwork, writeImages } from "../run/inspect_fixtures.ts";
import { inspectionSchema } from "../spec/mod.ts";
import { main } from "./main.ts";

/** Runs the command in this process; `{}` in its words is a folder that is removed afterwards. */
async function inspect(
  prepare: (folder: string) => Promise<void>,
  ...args: string[]
): Promise<{ code: number; out: string; err: string; files: Record<string, string> }> {
  const folder = await Deno.makeTempDir();
  const { log, error } = console;
  const [out, err]: [string[], string[]] = [[], []];
  try {
    await prepare(folder);
    console.log = (line: string) => out.push(line);
    console.error = (line: string) => err.push(line);
    const where = ["--store", `${folder}/store`, "--out", `${folder}/out`, "--device", "cpu"];
    const words = args.map((word) => word.replace("{}", folder));
    const code = await main(["inspect", ...words, "--quiet", ...where])
      .finally(() => Object.assign(console, { log, error }));
    const files: Record<string, string> = {};
    for (const name of ["result.json", "report.html"]) {
      if (code === 0) files[name] = await Deno.readTextFile(`${folder}/out/${name}`);
    }
    return { code, out: out.join("\n"), err: err.join("\n"), files };
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

async function tiny(folder: string): Promise<void> {
  await Deno.writeFile(`${folder}/tiny.onnx`, writeGraph(tinyNetwork("last")));
  await writeImages(`${folder}/images`, 40, 3);
  await Deno.mkdir(`${folder}/empty`);
}

Deno.test("inspect prints the profile beside the twin's and findings, and writes both files", async () => {
  const { code, out, err, files } = await inspect(tiny, "{}/tiny.onnx", "--images", "{}/images");
  assert.equal(code, 0, err);
  assert.match(out, /layer +depth +units +ID \(95 %\) +untrained twin +PCA, 90 % +strongest hub/);
  assert.match(
    out,
    /logits +3 +5 +[\d.]+ \([\d.]+ to [\d.]+\) +[\d.]+ \([\d.]+ to [\d.]+\) +\d+ +[\d.]+ %/,
  );
  assert.match(out, /seen: .*\n +may mean: .*\n +does not prove: /);
  const result = inspectionSchema.parse(JSON.parse(files["result.json"]!));
  assert.equal(result.experiment.id, "inspect");
  assert.equal(result.networks.length, 2);
  assert.match(files["report.html"]!, /tiny \(untrained twin\)/);
  assert.match(files["report.html"]!, /Does not prove/);
  assert.match(out, /^FINDINGS[^]*^BEFORE QUOTING A NUMBER/m);
  assert.equal(result.accuracy, null);
});

const WRONG: [string[], number, RegExp][] = [
  [["{}/tiny.onnx"], 2, /--images: missing, wanted a folder of images/],
  [["--images", "{}/images"], 2, /inspect: wanted one ONNX file/],
  [["{}/tiny.onnx", "--images", "{}/empty"], 3, /empty: found 0 images .*wanted at least 30/],
  [["{}/absent.onnx", "--images", "{}/images"], 3, /absent\.onnx: no such file/],
  [["{}/tiny.onnx", "--images", "{}/images", "--labels", "names"], 2, /--labels: found "names"/],
  [["{}/tiny.onnx", "--images", "{}/images", "--std", "1,0,1"], 2, /--std: .*positive numbers/],
  [["{}/tiny.onnx", "--images", "{}/images", "--mean", "1,,1"], 2, /--mean: found "1,,1", wanted/],
];
for (const [args, code, message] of WRONG) {
  Deno.test(`inspect ends with ${code} and says ${message.source}`, async () => {
    const found = await inspect(tiny, ...args);
    assert.equal(found.code, code, found.err);
    assert.match(found.err, message);
  });
}

sharedTest("inspect profiles MobileNet on photographs", async (shared) => {
  const root = fileURLToPath(shared);
  const { code, out, err } = await inspect(
    () => Promise.resolve(),
    `${root}/models/mobilenet_v2_035.onnx`,
    ...["--images", `${root}/data/imagenette/val`, "--samples", "32"],
  );
  assert.equal(code, 0, err);
  assert.match(out, /The untrained twin|stand out against its untrained twin/);
});
