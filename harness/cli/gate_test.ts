import assert from "node:assert/strict";
import { run, Workshop } from "./testdata/workshop.ts";

Deno.test("gate passes the run that the baseline was made from, in every form of output", async () => {
  await using shop = await Workshop.open();
  await shop.baseline();
  const files = ["--junit", `${shop.folder}/gates.xml`, "--markdown", `${shop.folder}/gates.md`];
  const { code, out } = await shop.gate("id-hunchback", "--out", `${shop.folder}/run`, ...files);
  assert.equal(code, 0);
  assert.match(out, /12 passed: green/);
  assert.match(await Deno.readTextFile(`${shop.folder}/gates.xml`), /tests="12" failures="0"/);
  assert.match(await Deno.readTextFile(`${shop.folder}/gates.md`), /gates: green/);
  const json = JSON.parse(
    (await shop.gate("id-hunchback", "--out", `${shop.folder}/run`, "--json")).out,
  );
  assert.deepEqual([json.green, json.reports[0].rows.length], [true, 12]);
  const alone = await shop.gate("id-hunchback", "--out", `${shop.folder}/run`, "--markdown");
  assert.match(alone.out, /^## Reproducibility gates: green/);
});

Deno.test("gate fails what moved, shows it last, and annotates it in GitHub Actions", async () => {
  await using shop = await Workshop.open();
  await shop.baseline();
  const file = await shop.write("moved", { accuracies: [0.89, 0.87, 0.91] });
  Deno.env.set("GITHUB_ACTIONS", "true");
  try {
    const { code, out, err } = await shop.gate("id-hunchback", "--result", file);
    assert.equal(code, 1);
    const rows = out.split("\n").filter((line) => /passed|FAILED/.test(line));
    assert.match(
      rows.at(-2)!,
      /trainings\/net\/test-accuracy +0\.92 +0\.89 +FAILED +0\.92 -> 0\.89/,
    );
    assert.match(
      err,
      /^::error file=.*,title=id-hunchback-embedded%3A trainings\/net\/test-accuracy::/,
    );
  } finally {
    Deno.env.delete("GITHUB_ACTIONS");
  }
});

Deno.test("gate says what is missing and which command makes it", async () => {
  await using shop = await Workshop.open();
  const file = await shop.write("run");
  const without = await shop.gate("id-hunchback", "--result", file);
  assert.deepEqual([
    without.code,
    /baselines\/id-hunchback-embedded\.json: no such file/.test(without.out),
  ], [3, true]);
  assert.match((await shop.gate("all")).err, /no baseline of any experiment/);
  await shop.baseline();
  const nothing = await shop.gate("id-hunchback", "--out", `${shop.folder}/nothing`);
  assert.equal(nothing.code, 3);
  assert.match(
    nothing.out,
    /nothing\/result\.json: no such file; "deno task reproduce id-hunchback/,
  );
});

Deno.test("gate refuses a baseline that was edited, and one under another's name", async () => {
  await using shop = await Workshop.open();
  const baseline = await shop.baseline();
  const text = await Deno.readTextFile(baseline);
  const other = baseline.replace("embedded", "paper");
  await Deno.writeTextFile(other, text);
  const named = await shop.gate("id-hunchback", "--profile", "paper");
  assert.equal(named.code, 3);
  assert.match(
    named.out,
    /found a baseline of id-hunchback-embedded, wanted one of id-hunchback-paper/,
  );
  await Deno.writeTextFile(baseline, text.replace('"alpha": 0.01', '"alpha": 0.4'));
  const edited = await shop.gate("id-hunchback", "--out", `${shop.folder}/run`);
  assert.equal(edited.code, 3);
  assert.match(edited.out, /id-hunchback-embedded\.json: seal: .*changed by hand or damaged/);
});

Deno.test("gate compares nothing with a result of another specification", async () => {
  await using shop = await Workshop.open();
  await shop.baseline();
  const file = await shop.write("old", { specSha256: "b".repeat(64) });
  const { code, out } = await shop.gate("id-hunchback", "--result", file);
  assert.equal(code, 1);
  assert.match(out, /12 not comparable: RED/);
  const update = ["--update-baseline", "--reason", "r"];
  const refused = await shop.gate("id-hunchback", "--result", file, ...update);
  assert.deepEqual([refused.code, /another version of experiments/.test(refused.err)], [3, true]);
});

Deno.test("gate --repeat tells a flaky gate from a broken one by the results of other seeds", async () => {
  await using shop = await Workshop.open();
  await shop.baseline();
  await shop.write("again", { threads: 8, accuracies: [0.89, 0.87, 0.91] });
  for (const seed of [1002, 1005]) {
    await shop.write(`again-seed-${seed}`, { seed, noise: `${seed}` });
  }
  const out = ["--out", `${shop.folder}/again`];
  assert.equal((await shop.gate("id-hunchback", ...out)).code, 1);
  const flaky = await shop.gate("id-hunchback", ...out, "--repeat", "2");
  assert.equal(flaky.code, 0);
  assert.match(flaky.out, /test-accuracy .* flaky +1 of 3 seeds fail, not together/);
  for (const seed of [1002, 1005]) {
    await shop.write(`again-seed-${seed}`, {
      seed,
      noise: `${seed}`,
      accuracies: [0.5, 0.51, 0.52],
    });
  }
  const broken = await shop.gate("id-hunchback", ...out, "--repeat", "2");
  assert.equal(broken.code, 1);
  assert.match(broken.out, /test-accuracy .* FAILED +broken, 3 of 3 seeds fail/);
  assert.match(
    (await shop.gate("id-hunchback", ...out, "--repeat", "3")).out,
    /seed-1008\/result\.json: no such file/,
  );
});

Deno.test("gate refuses two results of one run with different numbers", async () => {
  await using shop = await Workshop.open();
  await shop.baseline();
  const files = [await shop.write("a"), await shop.write("b", { factor: 1.001 })];
  const { code, out } = await shop.gate(
    "id-hunchback",
    "--result",
    files[0]!,
    "--result",
    files[1]!,
  );
  assert.equal(code, 3);
  assert.match(out, /a\/result\.json and .*b\/result\.json: both are id-hunchback, seed 999/);
});

Deno.test("gate --update-baseline keeps the history of reasons and tells what moved", async () => {
  await using shop = await Workshop.open();
  const baseline = await shop.baseline();
  const file = await shop.write("moved", { factor: 1.2 });
  const args = ["id-hunchback", "--result", file, "--update-baseline"];
  assert.match((await shop.gate(...args)).err, /--reason: missing/);
  const { code, out } = await shop.gate(...args, "--reason", "a better estimator");
  assert.equal(code, 0);
  assert.match(out, /networks\/net\/peak-twonn: .* \(\+20 %\)/);
  const { history } = JSON.parse(await Deno.readTextFile(baseline));
  assert.deepEqual(history.map(({ reason }: { reason: string }) => reason), [
    "first",
    "a better estimator",
  ]);
  assert.match(history[1].previous, /^[0-9a-f]{64}$/);
});

for (
  const [args, message] of [
    [["gate"], /gate: which experiment\?/],
    [["gate", "all", "--result", "a"], /--result: found with "all"/],
    [["gate", "all", "--update-baseline", "--reason", "r"], /--update-baseline: found with "all"/],
    [["gate", "id-hunchback", "--repeat", "some"], /--repeat: found "some", wanted a whole number/],
    [["diff", "a"], /diff: wanted two results/],
    [["diff", "a", "b", "--factor", "0.5"], /--factor: found "0.5", wanted a number of at least 1/],
    [["matrix", "id-hunchback"], /matrix: found 1 combinations, wanted two or more/],
    [
      ["matrix", "id-hunchback", "--devices", "cpu,gpu"],
      /--devices: found "gpu", wanted one of cpu/,
    ],
    [["matrix", "id-hunchback", "--seeds", "1,x"], /--seeds: found "x"/],
    [["matrix", "id-hunchback", "--seeds", "1,1"], /matrix: found embedded auto ort seed 1 twice/],
    [
      ["matrix", "id-hunchback", "--profiles", "embeded,paper"],
      /unknown profile "embeded", did you mean/,
    ],
  ] as const
) {
  Deno.test(`main() refuses "${args.join(" ")}"`, async () => {
    const { code, err } = await run(...args);
    assert.equal(code, 2);
    assert.match(err, message);
  });
}

Deno.test("diff compares a run, a folder and a baseline, as text and as JSON", async () => {
  await using shop = await Workshop.open();
  const baseline = await shop.baseline();
  await shop.write("moved", { factor: 1.2, threads: 8 });
  const { code, out } = await run("diff", baseline, `${shop.folder}/moved`);
  assert.equal(code, 0);
  assert.match(out, /what was measured: the same/);
  assert.match(out, /threads +2 +8/);
  assert.match(out, /\+ +networks\/net\/peak-twonn +\d.* 1\.2 /);
  const json = JSON.parse((await run("diff", `${shop.folder}/run`, baseline, "--json")).out);
  assert.ok(json.numbers.every(({ mark }: { mark: string }) => mark === " "));
  assert.match((await run("diff", "nowhere", baseline)).err, /nowhere: no such file or folder/);
});
