import assert from "node:assert/strict";

const ROOT = new URL("../../", import.meta.url);
const read = (path: string) => Deno.readTextFile(new URL(path, ROOT));

Deno.test("the workflow pins every action by its full version and may only read", async () => {
  const text = await read(".github/workflows/reproduce.yml");
  const uses = [...text.matchAll(/uses: (\S+)/g)].map(([, action]) => action!);
  assert.ok(uses.length >= 4);
  for (const action of uses) assert.match(action, /@(v\d+\.\d+\.\d+|[0-9a-f]{40})$/);
  assert.match(text, /^permissions:\n {2}contents: read$/m);
  assert.ok(!/: write/.test(text));
  // An expression inside a script would run whatever a name says.
  const scripts = text.split("\n").filter((line) =>
    /\$\{\{/.test(line) && /run:|deno task|echo /.test(line)
  );
  assert.deepEqual(scripts, []);
});

Deno.test("the workflow runs tasks that exist, on the version of Deno that the other CI uses", async () => {
  const text = await read(".github/workflows/reproduce.yml");
  const { tasks } = JSON.parse(await read("deno.json"));
  for (const [, task] of text.matchAll(/deno task (\S+)/g)) assert.ok(task! in tasks, task);
  const [, version] = /deno-version: (\S+)/.exec(text)!;
  assert.ok((await read(".ci/run")).includes(`deno@${version}`));
});
