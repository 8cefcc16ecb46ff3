/**
 * What follows pruning: the last layer is trained again (Chen et al. 2019, supplement; section 1.8 of the
 * protocol).
 *
 * @module
 */
import { OUTPUT, type ProtoPNet } from "../../nets/mod.ts";
import { evaluate } from "../../train/mod.ts";
import type { PrototypeLayer } from "../prototype_layer.ts";
import type { ProtoEpochRecord } from "./history.ts";
import { type LastLayerContext, trainLastLayer } from "./last_layer.ts";
import { prototypeLayerOf, withPrototypeLayer } from "./network_weights.ts";
import { EPOCHS_AFTER_PRUNING, type ProtoPNetSettings } from "./settings.ts";

/** What training after pruning gives. */
export interface RetrainedProtoPNet {
  readonly net: ProtoPNet;
  readonly history: readonly ProtoEpochRecord[];
}

/**
 * Puts a pruned layer into a network and trains the last layer anew. The weights after the epoch with the
 * highest validation accuracy are taken, of equal ones the earliest, the start among them; without
 * validation images those of the last epoch.
 *
 * @param epoch Number for the history: that of the network's last projection.
 */
export async function retrainPruned(
  net: ProtoPNet,
  pruned: PrototypeLayer,
  settings: ProtoPNetSettings,
  context: LastLayerContext,
  epoch: number,
  epochs: number = EPOCHS_AFTER_PRUNING,
): Promise<RetrainedProtoPNet> {
  const start = withPrototypeLayer(net, pruned);
  const history: ProtoEpochRecord[] = [];
  const { device, validation } = context;
  let best = start;
  let highest = validation
    ? (await evaluate(device, start.inference, OUTPUT, validation, context.name)).accuracy
    : undefined;
  const lastLayer = { ...settings.lastLayer, epochs };
  await trainLastLayer(
    start,
    { ...settings, lastLayer },
    context,
    settings.epochs,
    undefined,
    ({ iteration, weights, sums, validation }) => {
      history.push({
        epoch,
        stage: "last-layer",
        iteration,
        ...sums,
        validationLoss: validation?.loss ?? null,
        validationAccuracy: validation?.accuracy ?? null,
      });
      if (validation && highest !== undefined && validation.accuracy <= highest) return;
      highest = validation?.accuracy;
      best = withPrototypeLayer(start, { ...prototypeLayerOf(start), weights });
    },
  );
  return { net: best, history };
}
