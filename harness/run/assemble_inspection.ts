/**
 * The result of an inspection, in the form of an experiment's.
 *
 * @module
 */
import { canonicalJson, sha256 } from "../base/mod.ts";
import type { ChosenDevice } from "../device/mod.ts";
import { diagnose, findingText } from "../diagnosis/mod.ts";
import type { Preprocessing } from "../images/mod.ts";
import {
  type NetworkResult,
  type Result,
  RESULT_SCHEMA_VERSION,
  resultSchema,
} from "../spec/mod.ts";
import { dataResults } from "./assemble_training.ts";
import type { FinishedCell } from "./execute.ts";
import { gitCommit } from "./git_commit.ts";
import type { InspectRequest } from "./inspect_model.ts";
import type { InspectedModel } from "./inspected_model.ts";
import type { RunPlan } from "./plan_cells.ts";
import { deviceResult, peakMemory, versions } from "./provenance.ts";
import type { SelfTestResult } from "./self_test.ts";

/** Everything that an inspection came to. */
export interface Inspection {
  readonly request: InspectRequest;
  readonly model: InspectedModel;
  readonly preprocessing: Preprocessing;
  readonly plan: RunPlan;
  readonly cells: readonly FinishedCell[];
  /** The model, then its twin. */
  readonly networks: readonly NetworkResult[];
  readonly chosen: ChosenDevice;
  readonly selfTest: readonly SelfTestResult[];
  readonly startedAt: string;
  readonly seconds: number;
  readonly memoryBytes: number;
}

/** No claims; the findings are notes. */
export async function assembleInspection(inspection: Inspection): Promise<Result> {
  const { request, plan, cells, networks, chosen, selfTest } = inspection;
  const [model, twin] = networks as [NetworkResult, NetworkResult?];
  const cached = cells.filter((cell) => cell.cached).length;
  const { command, ...asked } = request;
  const result: Result = {
    schemaVersion: RESULT_SCHEMA_VERSION,
    experiment: {
      id: "inspect",
      title: `Inspection of ${model.title}`,
      summary: "The intrinsic dimension of what each layer makes of the images, beside the same " +
        "graph with untrained weights. The findings read the profile; they are no verdicts.",
      paper: "Ansuini, Laio, Macke and Zoccolan, Intrinsic dimension of data representations in " +
        "deep neural networks, NeurIPS 2019, arXiv 1905.12784v2",
      figure: "As Figures 2, 4 and 5C, for another network",
      specSha256: sha256(canonicalJson(asked)),
    },
    profile: plan.profileName,
    seed: plan.seed,
    samples: plan.samples,
    narrowed: [],
    command,
    device: deviceResult(chosen, selfTest),
    environment: {
      startedAt: inspection.startedAt,
      seconds: inspection.seconds,
      git: { commit: await gitCommit(), dirty: null },
      versions: versions(),
      os: Deno.build.os,
      arch: Deno.build.arch,
      cells: { total: cells.length, computed: cells.length - cached, cached },
      peakMemoryBytes: peakMemory(),
      batchSize: plan.profile.batchSize,
      memoryBudgetBytes: inspection.memoryBytes,
    },
    data: dataResults(plan),
    recipes: [],
    trainings: [],
    agreement: [],
    networks: [...networks],
    missing: [],
    claims: [],
    notChecked: [],
    notes: [...diagnose(model, twin).map(findingText), ...conditions(inspection)],
  };
  return resultSchema.parse(result);
}

/** How the model was fed and its layers were chosen. */
function conditions({ request, model, preprocessing, plan }: Inspection): string[] {
  const { shortSide, crop, mean, std } = preprocessing;
  const own = request.mean && request.std ? "" : " (ImageNet's where --mean and --std say nothing)";
  return [
    `Preprocessing: short side to ${shortSide}, central ${crop} x ${crop} pixels (images of that size ` +
    `as they are), red first, (pixel / 255 - mean) / std with mean ${mean.join(", ")} and std ` +
    `${
      std.join(", ")
    }${own}. A network that was trained with another one is shown images that it ` +
    "does not know.",
    `Input: channels ${model.channelsLast ? "last" : "first"}, by its shape. Images: ` +
    `${
      plan.groups.length > 1 ? `${plan.groups.length} groups of ` : ""
    }${plan.samples}, drawn at ` +
    `random with seed ${plan.seed}.`,
    "Layers are chosen by the structure of the graph; a peak between two of them is not seen.",
  ];
}
