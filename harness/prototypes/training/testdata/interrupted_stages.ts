/**
 * A run through all stages that can be stopped in any of them.
 *
 * @module
 */
import { writeAtomically } from "../../../base/mod.ts";
import type { Engine } from "../../../train/mod.ts";
import { ProtoCheckpointFile } from "../proto_checkpoint.ts";
import { type TrainedProtoPNet, trainProtoPNet } from "../train_protopnet.ts";
import { CONTEXT, DATA, SETTINGS, smallProtoPNet } from "./marks.ts";

/** The stages of the run in the order in which trainers are opened for them. */
const OPENED = ["warm", "joint", "last-layer", "joint", "last-layer"] as const;

/** A stage that is trained. */
export type TrainedStage = typeof OPENED[number];

/**
 * Trains from the checkpoint in the folder on, or from the start.
 *
 * @param onStep Hears of each step before it is taken: its stage, and its number in that stage, over all
 * its epochs, from 1 on; not asked for by a run that starts in the middle.
 */
export function run(
  folder: string,
  onStep: (stage: TrainedStage, step: number) => void = () => {},
): Promise<TrainedProtoPNet> {
  const checkpoint = new ProtoCheckpointFile({
    path: `${folder}/run`,
    key: "run",
    write: async (path, bytes) => void await writeAtomically(path, bytes),
    warn: (message) => {
      throw new Error(`unexpected warning: ${message}`);
    },
  });
  const engine = counting(CONTEXT.engine, onStep);
  return trainProtoPNet(smallProtoPNet(), DATA, SETTINGS, { ...CONTEXT, engine, checkpoint });
}

function counting(engine: Engine, onStep: (stage: TrainedStage, step: number) => void): Engine {
  const steps = new Map<TrainedStage, number>();
  let opened = 0;
  return {
    name: engine.name,
    async open(form, optimiser) {
      const stage = OPENED[opened++]!;
      const trainer = await engine.open(form, optimiser);
      return {
        gradients: (batch) => trainer.gradients(batch),
        state: () => trainer.state(),
        restore: (state) => trainer.restore(state),
        release: () => trainer.release(),
        step(batch, rate) {
          const step = (steps.get(stage) ?? 0) + 1;
          steps.set(stage, step);
          onStep(stage, step);
          return trainer.step(batch, rate);
        },
      };
    },
  };
}
