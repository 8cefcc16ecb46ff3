/**
 * One ProtoPNet experiment from its specification to its result and pictures.
 *
 * @module
 */
import { checkProtopnetClaims, requireProtopnetClaims } from "../../claims/protopnet/mod.ts";
import { RunError } from "../../base/mod.ts";
import type { ChosenDevice } from "../../device/mod.ts";
import {
  type LoadedProtopnet,
  PROTOPNET_RESULT_VERSION,
  type ProtopnetResult,
  protopnetResultSchema,
} from "../../spec/mod.ts";
import type { Engine } from "../../train/mod.ts";
import { environmentResult, runStart } from "../environment.ts";
import type { RunContext } from "../execute.ts";
import { COMPARISONS } from "../compared_engines.ts";
import { deviceResult } from "../provenance.ts";
import { requireSelfTest } from "../self_test.ts";
import {
  ensembleResults,
  type FinishedModel,
  imageResults,
  modelResults,
  recipesInWords,
} from "./assemble_protopnet.ts";
import { type ExportedFiles, exportModel, isExported } from "./export_model.ts";
import { measureModel } from "./measure_model.ts";
import { comparedModels, modelAgreement } from "./model_agreement.ts";
import { planModels, type ProtopnetPlan, type ProtopnetRequest } from "./planned_models.ts";
import { requireTrainable } from "./require_trainable.ts";
import { trainModel } from "./train_model.ts";

/** What the run was asked to do. */
export interface ProtopnetRun {
  readonly loaded: LoadedProtopnet;
  readonly request: ProtopnetRequest;
  readonly chosen: ChosenDevice;
  readonly engine: Engine;
  /** The command that repeats the run. */
  readonly command: string;
}

/** A result, the trained ProtoPNets, and the PNG files that these name, by their digest. */
export interface ProtopnetOutcome {
  readonly result: ProtopnetResult;
  readonly exported: readonly ExportedFiles[];
  readonly pictures: ReadonlyMap<string, Uint8Array>;
}

/**
 * Trains, measures, and checks the claims.
 *
 * @throws {RunError} When the device fails its self-test, a cell fails, or no model can be trained.
 */
export async function runProtopnet(
  { loaded, request, chosen, engine, command }: ProtopnetRun,
  context: Omit<RunContext, "device">,
): Promise<ProtopnetOutcome> {
  const start = runStart();
  const { experiment, file, sha256 } = loaded;
  const { device } = chosen;
  requireProtopnetClaims(experiment.claims, file);
  const tests = await requireSelfTest(device);
  const plan = await planModels(loaded, request, device, engine);
  if (plan.models.length === 0) {
    const missing = plan.missing.map(({ id, why }) => `${id}: ${why}`).join("; ");
    throw new RunError(
      `profile ${plan.profileName}: none of its models can be trained: ${missing}`,
    );
  }
  await requireTrainable(plan.models, plan.profile, context.store);
  const place = { ...context, engine, device };
  const done: { cached: boolean }[] = [];
  const finished: FinishedModel[] = [];
  for (const planned of plan.models) {
    context.signal.throwIfAborted();
    const trained = planned.cell
      ? await trainModel(planned, plan.profile, plan.files, place)
      : null;
    const stored = trained?.stored ?? null;
    const measured = await measureModel(planned, stored, plan.profile, plan.files, place);
    done.push(...(trained ? [trained] : []), measured);
    finished.push({ planned, stored, measured: measured.measured });
  }
  const exported: ExportedFiles[] = [];
  for (const one of finished.filter(isExported)) {
    const files = await exportModel(one, plan, place);
    done.push(files);
    exported.push(files.exported);
  }
  const agreement = [];
  for (const planned of comparedModels(plan)) {
    for (const against of COMPARISONS) {
      const compared = await modelAgreement(planned, plan.profile, plan.files, against, place);
      done.push(compared);
      agreement.push(compared.result);
    }
  }
  const { profile } = plan;
  const models = modelResults(finished, profile, engine.name);
  const ensembles = await ensembleResults(finished, profile);
  const result: ProtopnetResult = {
    kind: "protopnet",
    schemaVersion: PROTOPNET_RESULT_VERSION,
    experiment: {
      id: experiment.id,
      title: experiment.title,
      summary: experiment.summary,
      paper: experiment.paper,
      figure: experiment.figure,
      specSha256: sha256(plan.profileName),
    },
    profile: plan.profileName,
    seed: plan.seed,
    narrowed: [...plan.narrowed],
    command,
    device: deviceResult(chosen, tests),
    environment: await environmentResult(start, {
      batchSize: Math.max(
        ...Object.values({ ...profile.stages, ...profile.trainings })
          .map(({ batchSize }) => batchSize),
      ),
      memoryBytes: context.memoryBytes,
      finished: done,
    }),
    data: imageResults(finished, plan),
    classes: Object.fromEntries(
      finished.map(({ planned, measured }) => [planned.spec.data, [...measured.about.classes]]),
    ),
    recipes: recipesInWords(finished, profile),
    agreement,
    models,
    ensembles,
    sheets: finished.flatMap(({ measured }) => measured.sheets),
    missing: [...plan.missing],
    claims: checkProtopnetClaims(claimsOf(loaded, plan), { models, ensembles, seed: plan.seed }),
    notChecked: [...profile.notChecked],
    notes: [...profile.notes],
  };
  const pictures = new Map([
    ...picturesOf(finished),
    ...exported.flatMap((files) => [...files.pictures]),
  ]);
  return { result: protopnetResultSchema.parse(result), exported, pictures };
}

/** The claims that the profile checks. */
function claimsOf({ experiment }: LoadedProtopnet, { profile, profileName }: ProtopnetPlan) {
  const unchecked = new Set(profile.notChecked.map(({ id }) => id));
  return experiment.claims.filter(({ id, profiles }) =>
    !unchecked.has(id) && (profiles?.includes(profileName) ?? true)
  );
}

function picturesOf(finished: readonly FinishedModel[]): Map<string, Uint8Array> {
  return new Map(
    finished.flatMap(({ measured: { pictures } }) =>
      Object.entries(pictures).map(([digest, text]) =>
        [digest, Uint8Array.fromBase64(text)] as const
      )
    ),
  );
}
