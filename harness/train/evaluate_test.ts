import assert from "node:assert/strict";
import { RunError, UsageError } from "../base/mod.ts";
import { evaluate, scoresOf, withWeights } from "./evaluate.ts";
import { cpu, halves, halvesNetwork } from "./testdata/halves.ts";

Deno.test("scoresOf() gives cross-entropy and the number of right answers", () => {
  const logits = Float32Array.of(0, 0, Math.log(3), 0, 1000, -1000);
  const { loss, correct } = scoresOf(logits, Int32Array.of(1, 0, 1));
  // log 2, log(4 / 3), and 2000 without overflow. Of equal logits the first is the answer.
  assert.ok(Math.abs(loss - (Math.log(2) + Math.log(4 / 3) + 2000)) < 1e-6);
  assert.equal(correct, 1);
});

Deno.test("evaluate() gives the mean over all images, also those of a last batch that is not full", async () => {
  const source = halves(230, 1);
  const network = halvesNetwork({ norm: true, dropout: true });
  const whole = await evaluate(cpu, network, "logits", source);
  const part = async (from: number, to: number) => {
    const { images } = source;
    const labels = images.labels.slice(from, to);
    const pixels = images.pixels.slice(16 * from, 16 * to);
    const some = { ...source, images: { ...images, labels, pixels } };
    return await evaluate(cpu, network, "logits", some);
  };
  const [a, b] = [await part(0, 101), await part(101, 230)];
  assert.ok(Math.abs(whole.loss - (101 * a.loss + 129 * b.loss) / 230) < 1e-6);
  assert.ok(Math.abs(whole.accuracy - (101 * a.accuracy + 129 * b.accuracy) / 230) < 1e-12);
});

Deno.test("evaluate() refuses what cannot be evaluated", async () => {
  const network = halvesNetwork();
  const source = halves(3, 1);
  const { images } = source;
  await assert.rejects(
    () => evaluate(cpu, network, "logits", halves(0, 1)),
    new RunError("Cannot evaluate halves: there are no images"),
  );
  await assert.rejects(
    () =>
      evaluate(cpu, network, "logits", {
        ...source,
        images: { ...images, labels: Int32Array.of(0, 1, 2) },
      }),
    new RunError('image "half-2": label 2, wanted 0 to 1'),
  );
  await assert.rejects(
    () =>
      evaluate(cpu, network, "logits", { ...source, luminance: new Float64Array(3).fill(1e39) }),
    new RunError(
      "Cannot evaluate halves: the loss over 3 images is NaN, wanted a finite number",
    ),
  );
  await assert.rejects(
    () =>
      evaluate(cpu, network, "logits", {
        ...source,
        preprocessing: { ...source.preprocessing, crop: 3 },
      }),
    UsageError,
  );
});

Deno.test("withWeights() replaces weights of the network and takes no others", () => {
  const network = halvesNetwork();
  const bias = { dims: [2], data: Float32Array.of(5, 6) };
  const changed = withWeights(network, new Map([["dense.bias", bias], ["else", bias]]));
  assert.deepEqual(changed.initializers.get("dense.bias")!.data, bias.data);
  assert.deepEqual(
    [...changed.initializers.keys()],
    [...network.initializers.keys()],
  );
  assert.notDeepEqual(network.initializers.get("dense.bias")!.data, bias.data);
});
