import assert from "node:assert/strict";
import { evaluate } from "../../train/mod.ts";
import { nearestPatches } from "../nearest_patches.ts";
import { keepPrototypes, prune } from "../prune.ts";
import { latentBatches } from "./latent_batches.ts";
import { prototypeLayerOf, withPrototypeLayer } from "./network_weights.ts";
import { retrainPruned } from "./retrain_pruned.ts";
import { CONTEXT, cpu, DATA, SETTINGS, smallProtoPNet } from "./testdata/marks.ts";
import { trainProtoPNet } from "./train_protopnet.ts";

Deno.test("retrainPruned() trains the last layer of what pruning left", async () => {
  const { net, chosen } = await trainProtoPNet(smallProtoPNet(), DATA, SETTINGS, CONTEXT);
  const layer = prototypeLayerOf(net);
  const nearest = await nearestPatches(layer, latentBatches(cpu, net.inference, DATA.train), 6);
  // One prototype goes in any case, so that numbers and classes differ from before.
  const { kept } = prune(layer, nearest);
  const pruned = keepPrototypes(layer, kept.filter((prototype) => prototype !== 1));
  const context = { ...DATA, ...CONTEXT };
  const { net: after, history } = await retrainPruned(
    net,
    pruned,
    SETTINGS,
    context,
    chosen.epoch,
    5,
  );
  assert.deepEqual(history.map(({ iteration }) => iteration), [0, 1, 2, 3, 4]);
  assert.deepEqual(after.classOf, pruned.classOf);
  assert.deepEqual(prototypeLayerOf(after).vectors, pruned.vectors);
  const accuracyOf = async (graph: typeof net.inference) =>
    (await evaluate(cpu, graph, "logits", DATA.validation!)).accuracy;
  const best = Math.max(
    await accuracyOf(withPrototypeLayer(net, pruned).inference),
    ...history.map(({ validationAccuracy }) => validationAccuracy!),
  );
  assert.equal(await accuracyOf(after.inference), best);
});
