import assert from "node:assert/strict";
import type { GroupResult, Result } from "../../harness/spec/mod.ts";
import { embeddedExampleResult, exampleResult } from "../testdata/example_result.ts";
import { tablesView } from "./tables.ts";

Deno.test("tablesView() gives a row a layer and a row a layer and group", () => {
  const { networks } = tablesView(exampleResult());
  assert.deepEqual(networks.map(({ layers, rows }) => [layers.length, rows.length]), [
    [8, 56],
    [9, 63],
    [21, 147],
    [8, 56],
  ]);
});

Deno.test("tablesView() puts the paper's value beside the layer of the same depth", () => {
  const result = exampleResult();
  const [resnet] = result.networks;
  const paper = resnet!.paper!;
  const without = {
    ...paper,
    depth: paper.depth.slice(2),
    id: paper.id.slice(2),
    std: paper.std!.slice(2),
  };
  const { networks } = tablesView({
    ...result,
    networks: [resnet!, { ...resnet!, paper: without }, { ...resnet!, paper: null }],
  });
  assert.deepEqual(
    networks.map(({ layers }) => layers.slice(0, 3).map(({ paper }) => paper)),
    [
      ["31.4 ± 6.5", "50.2 ± 5.9", "104 ± 41"],
      ["–", "–", "104 ± 41"],
      ["–", "–", "–"],
    ],
  );
});

Deno.test("tablesView() gives both error bars of one group", () => {
  const { networks } = tablesView(embeddedExampleResult());
  const [input] = networks[0]!.layers;
  assert.equal(input!.id, "13.3");
  assert.equal(input!.standardError, (13.3 / Math.sqrt(500)).toFixed(2));
  assert.equal(input!.hubShare, "2.2 %");
  assert.equal(networks[0]!.rows[0]!.group, "digit 3");
});

Deno.test("tablesView() writes a dash for an estimate that some group lacks", () => {
  const result = exampleResult();
  const { networks } = tablesView(withFirstGroup(result, (group) => ({
    ...group,
    estimates: { ...group.estimates, levina_bickel_k20: null },
  })));
  const { layers, rows } = networks[0]!;
  assert.deepEqual(layers[0]!.others.slice(4), ["–", "–", "–", "–"]);
  assert.notEqual(layers[0]!.others[0], "–");
  assert.equal(rows[0]!.levinaBickel, "–");
});

Deno.test("tablesView() lists every scale of Gride and of the block analysis", () => {
  const { scales } = tablesView(exampleResult()).networks[0]!;
  assert.equal(scales.length, 6 + 20);
  assert.deepEqual(scales.slice(5, 8).map(({ label }) => label), [
    "Gride, ranks 32 and 64",
    "all 500 points",
    "2 blocks of 250 points",
  ]);
  assert.ok(scales.every(({ cells }) => cells.length === 8));
});

function withFirstGroup(result: Result, change: (group: GroupResult) => GroupResult): Result {
  const [network, ...networks] = result.networks;
  const layers = network!.layers.map((layer) => ({
    ...layer,
    groups: layer.groups.map((group, g) => g === 0 ? change(group) : group),
  }));
  return { ...result, networks: [{ ...network!, layers }, ...networks] };
}
