import assert from "node:assert/strict";

/** What each folder may import, besides itself and `base`; README's architecture section says why. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  base: [],
  device: [],
  stats: [],
  spec: [],
  images: [],
  points: [],
  graph: ["device"],
  nets: ["device", "graph"],
  train: ["datasets", "device", "graph", "images"],
  estimators: ["device", "graph", "stats"],
  claims: ["spec", "stats"],
  diagnosis: ["estimators", "spec", "stats"],
  datasets: ["images"],
  fetch: ["datasets", "graph"],
  gates: ["claims", "spec", "stats"],
  diff: ["gates", "stats"],
  prototypes: ["datasets", "device", "graph", "images", "nets", "stats", "train"],
  explanations: ["datasets", "prototypes", "stats"],
  reports: ["images", "prototypes", "spec"],
  exported: ["graph", "nets", "prototypes", "spec"],
  publish: ["exported", "reports", "spec"],
  run: [
    "claims",
    "datasets",
    "device",
    "diagnosis",
    "estimators",
    "explanations",
    "exported",
    "graph",
    "images",
    "nets",
    "points",
    "prototypes",
    "spec",
    "stats",
    "train",
  ],
  cli: [
    "device",
    "diagnosis",
    "diff",
    "exported",
    "fetch",
    "gates",
    "publish",
    "reports",
    "run",
    "spec",
  ],
};

const ROOT = new URL("../", import.meta.url);

async function* sources(folder: string): AsyncGenerator<string> {
  for await (const entry of Deno.readDir(new URL(folder, ROOT))) {
    const path = `${folder}${entry.name}`;
    if (entry.isDirectory) yield* sources(`${path}/`);
    else if (/(?<!_test)\.ts$/.test(entry.name)) yield path;
  }
}

/** The folder of the architecture that a path belongs to. */
function folderOf(path: string): string {
  const [top, inner] = path.split("/");
  return top === "harness" ? inner! : top!;
}

Deno.test("every import goes in the direction of the architecture", async () => {
  const wrong: string[] = [];
  let imports = 0;
  for (const top of ["harness/", "datasets/", "reports/"]) {
    for await (const path of sources(top)) {
      const from = folderOf(path);
      const text = await Deno.readTextFile(new URL(path, ROOT));
      for (const [, target] of text.matchAll(/from "(\.[^"]+)"/g)) {
        const to = folderOf(new URL(target!, new URL(path, ROOT)).href.slice(ROOT.href.length));
        imports++;
        if (to === from || to === "base" || to === "deno.json" || to === "experiments") continue;
        if (!MAY_IMPORT[from]?.includes(to)) wrong.push(`${path} imports ${target}`);
      }
    }
  }
  assert.ok(imports > 100);
  assert.deepEqual(wrong, []);
});

Deno.test("every mod.ts only exports again", async () => {
  for (const top of ["harness/", "datasets/", "reports/"]) {
    for await (const path of sources(top)) {
      if (!path.endsWith("/mod.ts")) continue;
      const text = await Deno.readTextFile(new URL(path, ROOT));
      const code = text.replaceAll(/\/\*[\s\S]*?\*\//g, "").trim().split("\n");
      assert.ok(
        code.every((line) => /^export (\*|type \{ [^}]+ \}) from "\.\/[^"]+";$/.test(line)),
        path,
      );
    }
  }
});
