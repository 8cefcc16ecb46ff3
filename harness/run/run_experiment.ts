/**
 * One experiment from its specification to its result.
 *
 * @module
 */
import { checkClaims, hubSurvival, requireKnownClaims } from "../claims/mod.ts";
import type { ChosenDevice } from "../device/mod.ts";
import {
  type ClaimSpec,
  type LoadedExperiment,
  type Profile,
  type Result,
  RESULT_SCHEMA_VERSION,
  resultSchema,
} from "../spec/mod.ts";
import type { Engine } from "../train/mod.ts";
import { assembleNetwork } from "./assemble.ts";
import { dataResults, recipeResults, trainingResult } from "./assemble_training.ts";
import { environmentResult, runStart } from "./environment.ts";
import { executePlan, requireCells, type RunContext } from "./execute.ts";
import { planCells, type RunRequest } from "./plan_cells.ts";
import { deviceResult } from "./provenance.ts";
import { requireSelfTest } from "./self_test.ts";

/** What the run was asked to do, beyond the plan. */
export interface ExperimentRun {
  readonly loaded: LoadedExperiment;
  readonly request: RunRequest;
  readonly chosen: ChosenDevice;
  readonly engine: Engine;
  /** The command that repeats the run. */
  readonly command: string;
}

/**
 * Runs an experiment and checks its claims.
 *
 * @throws {RunError} When the device fails its self-test or a cell fails.
 */
export async function runExperiment(
  { loaded, request, chosen, engine, command }: ExperimentRun,
  context: Omit<RunContext, "device">,
): Promise<Result> {
  const start = runStart();
  const { experiment, file, sha256 } = loaded;
  const { device } = chosen;
  requireKnownClaims(experiment.claims, file);
  const tests = await requireSelfTest(device);
  const plan = await planCells(loaded, request, chosen, engine);
  requireCells(plan);
  const { cells, trainings, agreements } = await executePlan(plan, { ...context, device });
  const networks = plan.networks.map((network) =>
    assembleNetwork(
      network,
      cells.filter(({ cell }) => cell.network === network),
      plan.profile.networks,
    )
  );
  const trained = trainings.map((run) => trainingResult(run.planned, run.trained, plan));
  const claims = claimsOf(loaded, plan.profileName, plan.profile);
  const result: Result = {
    schemaVersion: RESULT_SCHEMA_VERSION,
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
    samples: plan.samples,
    narrowed: [...plan.narrowed],
    command,
    device: deviceResult(chosen, tests),
    environment: await environmentResult(start, {
      batchSize: plan.profile.batchSize,
      memoryBytes: context.memoryBytes,
      finished: [...cells, ...trainings, ...agreements],
    }),
    data: dataResults(plan),
    recipes: recipeResults(plan),
    trainings: trained,
    agreement: agreements.map(({ result }) => result),
    networks,
    missing: [...plan.missing],
    claims: checkClaims(claims, networks, trained),
    hubSurvival: hubSurvival(claims, networks, trained),
    notChecked: [...plan.profile.notChecked],
    notes: [...plan.profile.notes],
  };
  return resultSchema.parse(result);
}

/** The claims that a profile checks. */
function claimsOf({ experiment }: LoadedExperiment, name: string, profile: Profile): ClaimSpec[] {
  const unchecked = new Set(profile.notChecked.map(({ id }) => id));
  return experiment.claims.filter(({ id, profiles }) =>
    !unchecked.has(id) && (profiles?.includes(name) ?? true)
  );
}
