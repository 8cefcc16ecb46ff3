import assert from "node:assert/strict";
import config from "../../deno.json" with { type: "json" };
import { packageVersions, versions } from "./provenance.ts";

Deno.test("versions() names Deno and every pinned package", () => {
  const found = versions();
  assert.equal(found.deno, Deno.version.deno);
  for (const [name, specifier] of Object.entries(config.imports)) {
    const version = Object.entries(found).find(([known]) =>
      name === known || name.startsWith(`${known}/`)
    )?.[1];
    assert(version !== undefined && specifier.includes(`@${version}`), `${name}: ${version}`);
  }
});

Deno.test("packageVersions() reads scopes, sub-paths and prereleases", () => {
  assert.deepEqual(
    packageVersions([
      "npm:@scope/name@1.2.3",
      "npm:zod@4.6.7/mini",
      "npm:/pure-rand@8.4.2/",
      "npm:next@1.0.0-rc.1",
      "./local.ts",
    ]),
    { "@scope/name": "1.2.3", zod: "4.6.7", "pure-rand": "8.4.2", next: "1.0.0-rc.1" },
  );
});

/** What a new process takes for its peak before and after it touches 64 MiB. */
async function peaks(...permissions: string[]): Promise<[before: number, after: number]> {
  const script = `
    import { peakMemory } from "${new URL("provenance.ts", import.meta.url)}";
    const before = peakMemory();
    const block = new Uint8Array(2 ** 26);
    for (let at = 0; at < block.length; at += 1024) block[at] = 1;
    console.log(JSON.stringify([before, peakMemory()]));`;
  const process = new Deno.Command(Deno.execPath(), {
    args: ["run", "--no-prompt", "--ext=ts", ...permissions, "-"],
    stdin: "piped",
    stdout: "piped",
    stderr: "inherit",
  }).spawn();
  await new Blob([script]).stream().pipeTo(process.stdin);
  return JSON.parse(new TextDecoder().decode((await process.output()).stdout));
}

Deno.test({
  name: "peakMemory() grows by the memory that is touched",
  ignore: Deno.build.os !== "linux",
  async fn() {
    const [before, after] = await peaks("--allow-all");
    assert(after - before > 0.9 * 2 ** 26 && after - before < 2 ** 27, `${before}, ${after}`);
  },
});

Deno.test("peakMemory() needs no permission", async () => {
  const [before, after] = await peaks();
  assert(before > 2 ** 23 && after >= before && after > 2 ** 26, `${before}, ${after}`);
});
