import assert from "node:assert/strict";
import { dirname } from "node:path";
import { pathToFileURL } from "node:url";
import { gitCommit } from "./git_commit.ts";
import { inTemporaryFolder } from "./store_fixtures.ts";

const A = "a".repeat(40);
const B = "b".repeat(40);

/** The commit that is found in a checkout with these files. */
async function commitIn(
  folder: string,
  files: Readonly<Record<string, string>>,
  checkout = "checkout",
): Promise<string | null> {
  for (const [name, text] of Object.entries(files)) {
    await Deno.mkdir(dirname(`${folder}/${name}`), { recursive: true });
    await Deno.writeTextFile(`${folder}/${name}`, text);
  }
  return await gitCommit(pathToFileURL(`${folder}/${checkout}/`));
}

Deno.test("gitCommit() follows HEAD to a loose branch", () =>
  inTemporaryFolder(async (folder) => {
    const commit = await commitIn(folder, {
      "checkout/.git/HEAD": "ref: refs/heads/main\n",
      "checkout/.git/refs/heads/main": `${A}\n`,
      "checkout/.git/packed-refs": `${B} refs/heads/main\n`,
    });
    assert.equal(commit, A);
  }));

Deno.test("gitCommit() follows HEAD to a packed branch", () =>
  inTemporaryFolder(async (folder) => {
    const commit = await commitIn(folder, {
      "checkout/.git/HEAD": "ref: refs/heads/main\n",
      "checkout/.git/packed-refs": `# pack-refs with: peeled fully-peeled sorted\n` +
        `${A} refs/heads/feature/main\n${B} refs/heads/main\n^${A}\n`,
    });
    assert.equal(commit, B);
  }));

Deno.test("gitCommit() reads a detached HEAD", () =>
  inTemporaryFolder(async (folder) => {
    assert.equal(await commitIn(folder, { "checkout/.git/HEAD": `${A}\n` }), A);
  }));

Deno.test("gitCommit() finds the branches of a worktree in the repository that it shares", () =>
  inTemporaryFolder(async (folder) => {
    const files = {
      "tree/.git": `gitdir: ${folder}/checkout/.git/worktrees/tree\n`,
      "checkout/.git/HEAD": "ref: refs/heads/main\n",
      "checkout/.git/refs/heads/main": `${A}\n`,
      "checkout/.git/worktrees/tree/HEAD": "ref: refs/heads/topic\n",
      "checkout/.git/worktrees/tree/commondir": "../..\n",
      "checkout/.git/packed-refs": `${B} refs/heads/topic\n`,
    };
    assert.equal(await commitIn(folder, files, "tree"), B);
    assert.equal(await commitIn(folder, {}, "checkout"), A);
  }));

Deno.test("gitCommit() follows the relative pointer of a submodule", () =>
  inTemporaryFolder(async (folder) => {
    const commit = await commitIn(folder, {
      "checkout/.git": "gitdir: ../outer/.git/modules/checkout\n",
      "outer/.git/modules/checkout/HEAD": "ref: refs/heads/main\n",
      "outer/.git/modules/checkout/refs/heads/main": `${A}\n`,
    });
    assert.equal(commit, A);
  }));

Deno.test("gitCommit() is null when there is no commit to be found", () =>
  inTemporaryFolder(async (folder) => {
    assert.equal(await commitIn(folder, {}), null);
    assert.equal(await commitIn(folder, { "checkout/.git/HEAD": "ref: refs/heads/new\n" }), null);
    assert.equal(await commitIn(folder, { "checkout/.git/HEAD": "nonsense\n" }), null);
    await Deno.writeTextFile(`${folder}/secret`, A);
    const outside = "ref: refs/../../../secret\n";
    assert.equal(await commitIn(folder, { "checkout/.git/HEAD": outside }), null);
    const unborn = { "checkout/.git/HEAD": "ref: refs/heads/new\n" };
    assert.equal(await commitIn(folder, { ...unborn, "checkout/.git/refs/heads/new": "?" }), null);
  }));

Deno.test({
  name: "gitCommit() is null, without asking, when reading is not permitted",
  permissions: { read: false },
  fn: async () => assert.equal(await gitCommit(), null),
});
