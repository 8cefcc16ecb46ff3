import assert from "node:assert/strict";
import { pathToFileURL } from "node:url";
import { classicScript } from "./classic_script.ts";
import { explain, fitted, networkInput } from "./explanation.ts";

/** Runs a script as a page does; returns what it leaves under a global name. */
function run(script: string, name: string): Record<string, (...values: unknown[]) => unknown> {
  const page: Record<string, never> = {};
  new Function("globalThis", script)(page);
  return page[name]!;
}

function linked(files: Readonly<Record<string, string>>): string {
  const folder = Deno.makeTempDirSync();
  try {
    for (const [name, text] of Object.entries(files)) {
      Deno.writeTextFileSync(`${folder}/${name}`, text);
    }
    return classicScript(new URL("a.ts", pathToFileURL(`${folder}/`)), "made");
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
}

Deno.test("classicScript() links modules, with other names and through a mod.ts", () => {
  const made = run(
    linked({
      "a.ts": `import { type Kind, twice as double } from "./mod.ts";\n` +
        `import { base } from "./c.ts";\nconst hidden = 1;\n` +
        `export function f(x: number): Kind { return double(x) + base + hidden; }\n`,
      "mod.ts": `export * from "./unused.ts";\nexport * from "./b.ts";\n`,
      "unused.ts": `import sharp from "sharp";\nexport const unused = sharp;\n`,
      "b.ts": `import { base } from "./c.ts";\nexport type Kind = number;\nconst hidden = 2;\n` +
        `export const twice = (x: number): Kind => hidden * x * base;\n`,
      "c.ts": `export const base: number = 10;\n`,
    }),
    "made",
  );
  assert.equal(made.f!(3), 71);
  assert.deepEqual(Object.keys(made), ["f"]);
});

const BROKEN: readonly (readonly [string, Readonly<Record<string, string>>, RegExp])[] = [
  [
    "a package",
    { "a.ts": `import { z } from "zod";\nexport const a = z;\n` },
    /cannot link the package "zod"/,
  ],
  ["a default", { "a.ts": `export default 1;\n` }, /cannot link "export default 1;"/],
  [
    "a name that is not there",
    { "a.ts": `import { b } from "./b.ts";\nexport const a = b;\n`, "b.ts": "" },
    /\.\/b\.ts does not export "b"/,
  ],
  [
    "a circle",
    {
      "a.ts": `import { b } from "./b.ts";\nexport const a = () => b;\n`,
      "b.ts": `import { a } from "./a.ts";\nexport const b = () => a;\n`,
    },
    /imports itself through others/,
  ],
];

for (const [what, files, message] of BROKEN) {
  Deno.test(`classicScript() refuses ${what}`, () => {
    assert.throws(
      () => linked(files),
      (error) => error instanceof TypeError && message.test(error.message),
    );
  });
}

Deno.test("classicScript() of explanation.ts computes what explanation.ts computes", () => {
  const script = classicScript(new URL("./explanation.ts", import.meta.url), "arithmetic");
  assert.equal(script, classicScript(new URL("./explanation.ts", import.meta.url), "arithmetic"));
  const page = run(script, "arithmetic");
  const input = { size: 16, mean: [0.5, 0.4, 0.3], std: [0.2, 0.25, 0.3] };
  const data = Uint8Array.from({ length: 3 * 40 * 25 }, (_, at) => (at * 37) % 256);
  const large = { width: 40, height: 25, channels: 3, data } as const;
  const image = fitted(large, input);
  assert.deepEqual(page.fitted!(large, input), image);
  assert.deepEqual(page.networkInput!(image, input), networkInput(image, input));
  const values = (length: number) =>
    Float32Array.from({ length }, (_, at) => ((at * 29) % 31) / 31);
  const layer = {
    ...{ classes: 2, depth: 3, vectors: values(12), classOf: Int32Array.of(0, 0, 1, 1) },
    ...{ weights: Float32Array.of(1, 1, -0.5, -0.5, -0.5, -0.5, 1, 1), similarity: "log" as const },
  };
  const maps = { count: 1, depth: 3, height: 4, width: 4, data: values(48) };
  const sheets = explain(layer, maps, [0.25, 0.5], image, 2);
  assert.deepEqual(sheets.map(({ label, rows }) => [label, rows.length]), [[1, 2], [0, 2]]);
  assert.deepEqual(page.explain!(layer, maps, [0.25, 0.5], image, 2), sheets);
});
