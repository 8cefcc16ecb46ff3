import assert from "node:assert/strict";
import { evaluate } from "../../train/mod.ts";
import { weightsOf, withNetworkWeights } from "./network_weights.ts";
import { cpu, marks, smallProtoPNet } from "./testdata/marks.ts";
import { openValidator } from "./validator.ts";

const NET = smallProtoPNet();
const IMAGES = marks(61, 3);

/** The network with other weights where the name says so. */
function changed(pattern: RegExp) {
  const weights = [...weightsOf(NET)].map(([name, { dims, data }]) =>
    [name, { dims, data: pattern.test(name) ? data.map((value) => 1.5 * value) : data }] as const
  );
  return withNetworkWeights(NET, new Map(weights));
}

Deno.test("openValidator() measures what evaluate() does when only trained layers change", async () => {
  const trained = ["add_on_layers.", "prototypes"];
  const validate = await openValidator(NET, IMAGES, { trained }, cpu);
  const losses = [];
  for (const net of [NET, changed(/^add_on_layers/), changed(/^prototypes/)]) {
    const found = await validate!(net);
    const wanted = await evaluate(cpu, net.inference, "logits", IMAGES);
    assert.equal(found.accuracy, wanted.accuracy);
    assert.ok(Math.abs(found.loss - wanted.loss) < 1e-5, `${found.loss}, ${wanted.loss}`);
    losses.push(found.loss);
  }
  assert.equal(new Set(losses).size, 3);
});

Deno.test("openValidator() gives nothing where the first layer is trained", async () => {
  assert.equal(await openValidator(NET, IMAGES, {}, cpu), undefined);
});
