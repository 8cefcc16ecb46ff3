import assert from "node:assert/strict";
import { pathToFileURL } from "node:url";
import { sha256 } from "../base/mod.ts";
import { lockDigest } from "./package_lock.ts";
import { machine, systemName } from "./machine.ts";
import { inTemporaryFolder } from "./store_fixtures.ts";

Deno.test("systemName() reads quoted and bare names", () => {
  assert.equal(systemName('ID=debian\nPRETTY_NAME="Debian GNU/Linux 12"\n'), "Debian GNU/Linux 12");
  assert.equal(systemName("PRETTY_NAME=Alpine\n"), "Alpine");
  assert.equal(systemName("NAME=Alpine\n"), null);
});

/** What a process with these permissions finds; it fails should it have to ask for others. */
async function machineWith(...permissions: string[]): Promise<Awaited<ReturnType<typeof machine>>> {
  const script = `
    import { machine } from "${new URL("machine.ts", import.meta.url)}";
    console.log(JSON.stringify(await machine()));`;
  const process = new Deno.Command(Deno.execPath(), {
    args: ["run", "--no-prompt", "--ext=ts", ...permissions, "-"],
    stdin: "piped",
    stdout: "piped",
    stderr: "inherit",
  }).spawn();
  await new Blob([script]).stream().pipeTo(process.stdin);
  return JSON.parse(new TextDecoder().decode((await process.output()).stdout));
}

Deno.test("machine() tells the processors without a permission, the model with one", async () => {
  const { hardwareConcurrency: cores } = navigator;
  assert.deepEqual(await machineWith(), { cpu: null, cores, system: null });
  const known = await machineWith("--allow-sys=cpus");
  assert.ok(known.cpu === null || known.cpu.length > 0);
  assert.deepEqual({ ...known, cpu: null }, { cpu: null, cores, system: null });
});

Deno.test("machine() names the system where the file is that tells it", async () => {
  const { system } = await machineWith("--allow-read");
  const text = await Deno.readTextFile("/etc/os-release").catch(() => "");
  assert.equal(system, systemName(text));
});

Deno.test("lockDigest() is that of the file's bytes, and undefined without a file", () =>
  inTemporaryFolder(async (folder) => {
    await Deno.writeTextFile(`${folder}/deno.lock`, "{}\n");
    assert.equal(await lockDigest(pathToFileURL(`${folder}/deno.lock`)), sha256("{}\n"));
    assert.equal(await lockDigest(pathToFileURL(`${folder}/none`)), undefined);
    assert.match(await lockDigest() ?? "", /^[0-9a-f]{64}$/);
  }));
