import assert from "node:assert/strict";
import { nudgedWeights } from "./nudged_weights.ts";
import { ortEngine } from "./ort_engine.ts";
import { cpu, halvesNetwork, SGD } from "./testdata/halves.ts";
import { trainingForm } from "./training_form.ts";

Deno.test("nudgedWeights() starts from weights that differ in the last place at most", async () => {
  const form = trainingForm(halvesNetwork({ norm: true }), { batch: 8, image: [1, 4, 4] });
  const engine = nudgedWeights(ortEngine(cpu));
  assert.equal(engine.name, "ort cpu from nudged weights");
  const trainer = await engine.open(form, SGD);
  try {
    const { weights } = await trainer.state();
    let changed = 0;
    for (const name of form.parameters) {
      const before = form.graph.initializers.get(name)!.data;
      for (const [at, value] of weights.get(name)!.data.entries()) {
        const old = Number(before[at]);
        assert.ok(Math.abs(value - old) <= 2 ** -23 * Math.abs(old), `${name}[${at}]`);
        if (value !== old) changed++;
      }
    }
    assert.ok(changed > 0);
    for (const name of form.statistics.keys()) {
      assert.deepEqual(weights.get(name)!.data, form.graph.initializers.get(name)!.data);
    }
  } finally {
    await trainer.release();
  }
});
