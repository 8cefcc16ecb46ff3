import assert from "node:assert/strict";
import { controlsExampleResult } from "../testdata/example_digits.ts";
import { besidePaper } from "./beside_paper.ts";

const { networks } = controlsExampleResult();

Deno.test("besidePaper() gives the difference in percent of the paper's value", () => {
  const { rows, beyond } = besidePaper(networks)!;
  assert.equal(beyond, "15 %");
  assert.deepEqual(rows.map(({ title }) => title), networks.map(({ title }) => title));
  const network = networks[0]!;
  for (const [at, { groups }] of network.layers.entries()) {
    const values = groups.map(({ estimates }) => estimates.twonn_fit.value);
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const share = 100 * (mean / network.paper!.id[at]! - 1);
    const { text, striking } = rows[0]!.cells[at]!;
    assert.match(text, /^(0|[+−]\d+) %$/);
    assert.equal(Number(text.replace("−", "-").replace(" %", "")), Math.round(share) || 0);
    assert.equal(striking, Math.abs(share) > 15);
  }
});

Deno.test("besidePaper() leaves out networks without a curve in the paper or with other layers", () => {
  const bare = networks.map((network) => ({ ...network, paper: null }));
  assert.equal(besidePaper(bare), null);
  const [network] = networks;
  const shorter = { ...network!, layers: network!.layers.slice(1) };
  assert.equal(besidePaper([shorter]), null);
});
