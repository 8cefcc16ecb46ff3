/**
 * What is trained in a stage, and how fast.
 *
 * @module
 */
import { ADD_ON, LAST_LAYER, PROTOTYPES } from "../../nets/mod.ts";
import type { OptimiserSettings, TrainingFormOptions } from "../../train/mod.ts";
import type { ProtoPNetSettings, Stage } from "./settings.ts";

/** Which parameters a stage trains. The last layer stays as it is in both. */
export function stageParameters(
  { frozen }: ProtoPNetSettings,
  stage: Stage,
): Pick<TrainingFormOptions, "frozen" | "trained"> {
  return stage === "warm" ? { trained: [ADD_ON, PROTOTYPES] } : { frozen: [LAST_LAYER, ...frozen] };
}

/**
 * The optimiser of a stage, for a learning rate that is a factor on the rates of the settings.
 *
 * @param parameters Those that the stage trains.
 */
export function stageOptimiser(
  { method, warm, joint }: ProtoPNetSettings,
  stage: Stage,
  parameters: readonly string[],
): OptimiserSettings {
  const { addOn, prototypes } = stage === "warm" ? warm : joint;
  const isOwn = (name: string) => name.startsWith(ADD_ON) || name === PROTOTYPES;
  const backbone = parameters.filter((name) => !isOwn(name));
  return {
    method,
    weightDecay: 0,
    clipNorm: null,
    groups: [
      { prefixes: [ADD_ON], ...addOn },
      { prefixes: [PROTOTYPES], ...prototypes },
      ...(backbone.length > 0 ? [{ prefixes: backbone, ...joint.backbone }] : []),
    ],
  };
}
