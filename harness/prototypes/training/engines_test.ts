import assert from "node:assert/strict";
import { type Device, openWebGpu } from "../../device/mod.ts";
import { runsWebGpu, sayIfSkipped } from "../../device/testdata/runs_web_gpu.ts";
import { type Engine, ortEngine } from "../../train/mod.ts";
import { openTfjs } from "../../train/tfjs/mod.ts";
import { checkProjection } from "../check_projection.ts";
import { latentBatches } from "./latent_batches.ts";
import { prototypeLayerOf } from "./network_weights.ts";
import { CONTEXT, cpu, DATA, SETTINGS, smallProtoPNet } from "./testdata/marks.ts";
import { trainProtoPNet } from "./train_protopnet.ts";

/** One epoch of each kind, from prototypes that the device computes. */
const SHORT = {
  ...SETTINGS,
  firstPrototypes: "patches",
  epochs: 2,
  warm: { ...SETTINGS.warm, epochs: 1 },
  lastLayer: { ...SETTINGS.lastLayer, epochs: 1 },
} as const;

const wanted = await trainProtoPNet(smallProtoPNet(), DATA, SHORT, CONTEXT);

sayIfSkipped("trainProtoPNet() on webgpu");
const OTHERS: readonly [
  string,
  () => Promise<{ engine: Engine; device: Device }>,
  boolean,
][] = [
  ["tfjs cpu", async () => ({ engine: await openTfjs("cpu"), device: cpu }), true],
  ["ort webgpu", async () => {
    const device = await openWebGpu();
    return { engine: ortEngine(device), device };
  }, runsWebGpu],
];

for (const [name, open, isThere] of OTHERS) {
  Deno.test({
    name: `trainProtoPNet() goes through all stages with ${name} as it does with ort cpu`,
    ignore: !isThere,
    async fn() {
      const other = await open();
      assert.equal(other.engine.name, name);
      const context = { ...CONTEXT, ...other };
      const { net, history, chosen } = await trainProtoPNet(
        smallProtoPNet(),
        DATA,
        SHORT,
        context,
      );
      assert.deepEqual(
        history.map(({ stage }) => stage),
        ["warm", "joint", "push", "last-layer"],
      );
      // What follows depends on rounding: first weights changed by 2^-24 move later losses by 0.01.
      const [warm, joint] = history;
      for (
        const [found, was] of [
          [warm!.trainLoss, wanted.history[0]!.trainLoss],
          [warm!.validationLoss, wanted.history[0]!.validationLoss],
          [joint!.trainLoss, wanted.history[1]!.trainLoss],
        ] as [number, number][]
      ) {
        assert.ok(Math.abs(found - was) <= 1e-4, `${found}, wanted ${was}`);
      }
      const { largestDistance, notAtArgmax } = await checkProjection(
        prototypeLayerOf(net),
        chosen.projection.sources,
        latentBatches(other.device, net.inference, DATA.train),
      );
      assert.deepEqual([largestDistance <= 2e-5, notAtArgmax.length], [true, 0]);
    },
  });
}
