import assert from "node:assert/strict";
import { isWorkspaceName, ownerState, sweepWorkspaces, Workspace } from "./workspace.ts";
import { inTemporaryFolder, namesIn } from "./store_fixtures.ts";

const DEAD = "1234-00000000-0000-4000-8000-000000000000";
const HASTY = { heartbeat: 20, dead: 0, hung: 0 };
const PATIENT = { heartbeat: 20, dead: 60_000, hung: 60_000 };

async function makeDead(parent: string, age: number): Promise<string> {
  const folder = `${parent}/${DEAD}`;
  await Deno.mkdir(folder);
  await Deno.writeTextFile(`${folder}/owner`, "");
  await Deno.writeTextFile(`${folder}/features.tmp`, "half");
  const then = new Date(Date.now() - age);
  await Deno.utime(`${folder}/owner`, then, then);
  return folder;
}

Deno.test("Workspace makes a folder of its own and deletes it when disposed of", () =>
  inTemporaryFolder(async (parent) => {
    let folder: string;
    {
      using workspace = await Workspace.open(parent, PATIENT);
      using other = await Workspace.open(parent, PATIENT);
      folder = workspace.folder;
      assert(isWorkspaceName(workspace.name));
      assert(workspace.name.startsWith(`${Deno.pid}-`));
      assert.notEqual(folder, other.folder);
      await Deno.writeTextFile(`${folder}/features`, "half");
      assert.equal(await ownerState(folder, PATIENT), "alive");
    }
    assert.deepEqual(namesIn(parent), []);
    assert.equal(await ownerState(folder, PATIENT), "dead");
  }));

Deno.test("Workspace touches its sign of life", () =>
  inTemporaryFolder(async (parent) => {
    using workspace = await Workspace.open(parent, PATIENT);
    const path = `${workspace.folder}/owner`;
    const past = new Date(1e9);
    await Deno.utime(path, past, past);
    await new Promise((resolve) => setTimeout(resolve, 200));
    assert(Deno.statSync(path).mtime!.getTime() > past.getTime());
  }));

Deno.test("ownerState() tells a dead owner from a hung one by the lock on its file", () =>
  inTemporaryFolder(async (parent) => {
    using workspace = await Workspace.open(parent, { ...PATIENT, heartbeat: 60_000 });
    const path = `${workspace.folder}/owner`;
    const past = new Date(Date.now() - 30_000);
    await Deno.utime(path, past, past);
    const state = (hung: number) => ownerState(workspace.folder, { ...HASTY, dead: 1000, hung });
    assert.equal(await state(60_000), "alive");
    assert.equal(await state(20_000), "hung");
    const other = await makeDead(parent, 30_000);
    assert.equal(await ownerState(other, PATIENT), "alive");
    assert.equal(await ownerState(other, { ...PATIENT, dead: 20_000 }), "dead");
  }));

Deno.test("sweepWorkspaces() deletes the folders of dead owners and nothing else", () =>
  inTemporaryFolder(async (parent) => {
    using workspace = await Workspace.open(parent, PATIENT);
    await makeDead(parent, 30_000);
    await Deno.mkdir(`${parent}/notes`);
    await Deno.writeTextFile(`${parent}/file`, "");
    await sweepWorkspaces(parent, PATIENT);
    assert.deepEqual(namesIn(parent), [DEAD, workspace.name, "file", "notes"].sort());
    await sweepWorkspaces(parent, { ...PATIENT, dead: 20_000 });
    assert.deepEqual(namesIn(parent), [workspace.name, "file", "notes"].sort());
  }));
