/**
 * A ProtoPNet's training run after some epochs, as one file of tensors.
 *
 * @module
 */
import { z } from "zod";
import { messageOf, RunError } from "../../base/mod.ts";
import {
  type CheckpointPlace,
  decodeTensors,
  encodeTensors,
  type Weights,
} from "../../train/mod.ts";
import { type ProtoEpochRecord, protoEpochRecord } from "./history.ts";
import { type ChosenState, chosenState } from "./chosen_state.ts";
import type { OptimiserState } from "./open_stage.ts";

/** A run under way. */
export interface ProtoRunState {
  /** Epochs of warm-up and joint training done. */
  readonly epochs: number;
  /** All weights. */
  readonly weights: Weights;
  /** Steps and moments of the stage's optimiser. */
  readonly optimiser: OptimiserState;
  /** The same of the last layer's, before the first projection undefined. */
  readonly lastLayer: OptimiserState | undefined;
  readonly history: readonly ProtoEpochRecord[];
  readonly best: (ChosenState & { readonly weights: Weights }) | undefined;
}

const aboutSchema = z.strictObject({
  kind: z.literal("protopnet"),
  key: z.string(),
  epochs: z.int().positive(),
  step: z.int().nonnegative(),
  lastLayerStep: z.int().nonnegative().nullable(),
  history: z.array(protoEpochRecord),
  best: chosenState.nullable(),
});

/** The file in which a run keeps its state. */
export class ProtoCheckpointFile {
  readonly #place: CheckpointPlace;

  constructor(place: CheckpointPlace) {
    this.#place = place;
  }

  /** Replaces the state before. */
  async save(state: ProtoRunState): Promise<void> {
    const { path, key, write } = this.#place;
    const { weights: bestWeights, ...best } = state.best ?? { weights: new Map() };
    const about: z.input<typeof aboutSchema> = {
      kind: "protopnet",
      key,
      epochs: state.epochs,
      step: state.optimiser.step,
      lastLayerStep: state.lastLayer?.step ?? null,
      history: [...state.history],
      best: state.best ? best as ChosenState : null,
    };
    const tensors = new Map([
      ...under("weights", state.weights),
      ...under("moments", state.optimiser.moments),
      ...under("last-layer", state.lastLayer?.moments ?? new Map()),
      ...under("best", bestWeights),
    ]);
    await write(path, encodeTensors({ about, tensors }));
  }

  /**
   * The last state, or undefined where there is none. A damaged file is set aside as `<path>.damaged` and
   * counts as none.
   *
   * @param wanted The network's weights, for their shapes.
   * @throws {RunError} When it belongs to another run or another network.
   */
  async load(wanted: Weights): Promise<ProtoRunState | undefined> {
    const { path, key, warn } = this.#place;
    let bytes: Uint8Array;
    try {
      bytes = await Deno.readFile(path);
    } catch (error) {
      if (error instanceof Deno.errors.NotFound) return undefined;
      throw new RunError(`${path}: cannot be read: ${messageOf(error)}`);
    }
    let decoded: { key: string; state: ProtoRunState };
    try {
      decoded = decode(bytes, path);
    } catch (error) {
      if (!(error instanceof RunError)) throw error;
      await Deno.rename(path, `${path}.damaged`);
      warn(`${messageOf(error)}; moved to ${path}.damaged, the training starts again`);
      return undefined;
    }
    if (decoded.key !== key) {
      throw new RunError(`${path}: checkpoint of the training run ${decoded.key}, wanted ${key}`);
    }
    requireShapes(path, wanted, decoded.state.weights);
    return decoded.state;
  }

  /** Removes the file of a run that is over. */
  async remove(): Promise<void> {
    await Deno.remove(this.#place.path).catch((error) => {
      if (!(error instanceof Deno.errors.NotFound)) throw error;
    });
  }
}

function decode(bytes: Uint8Array, file: string): { key: string; state: ProtoRunState } {
  const { about, tensors } = decodeTensors(bytes, file);
  const parsed = aboutSchema.safeParse(about);
  if (!parsed.success) {
    throw new RunError(`${file}: not a checkpoint: ${z.prettifyError(parsed.error)}`);
  }
  const { key, epochs, step, lastLayerStep, history, best } = parsed.data;
  const within = (place: string): Weights =>
    new Map(
      [...tensors].filter(([name]) => name.startsWith(`${place}/`))
        .map(([name, tensor]) => [name.slice(place.length + 1), tensor]),
    );
  return {
    key,
    state: {
      epochs,
      weights: within("weights"),
      optimiser: { step, moments: within("moments") },
      lastLayer: lastLayerStep === null
        ? undefined
        : { step: lastLayerStep, moments: within("last-layer") },
      history,
      best: best ? { ...best, weights: within("best") } : undefined,
    },
  };
}

function requireShapes(file: string, wanted: Weights, found: Weights): void {
  for (const [name, { dims }] of wanted) {
    const given = found.get(name);
    if (String(given?.dims) === String(dims)) continue;
    throw new RunError(
      `${file}: checkpoint of another network: "${name}" is ` +
        `${given ? `[${given.dims}]` : "missing"}, wanted [${dims}]`,
    );
  }
}

function under(place: string, weights: Weights) {
  return [...weights].map(([name, tensor]) => [`${place}/${name}`, tensor] as const);
}
