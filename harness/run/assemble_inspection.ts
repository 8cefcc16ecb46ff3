/**
 * The result of an inspection, in the form of an experiment's.
 *
 * @module
 */
import { canonicalJson, sha256 } from "../base/mod.ts";
import type { ChosenDevice } from "../device/mod.ts";
import { diagnose } from "../diagnosis/mod.ts";
import type { Preprocessing } from "../images/mod.ts";
import {
  type InspectedAccuracy,
  type InspectionResult,
  inspectionSchema,
  type NetworkResult,
  RESULT_SCHEMA_VERSION,
} from "../spec/mod.ts";
import { dataResults } from "./assemble_training.ts";
import { environmentResult, type RunStart } from "./environment.ts";
import type { FinishedCell } from "./execute.ts";
import type { InspectRequest } from "./inspect_model.ts";
import type { InspectedClasses } from "./inspected_classes.ts";
import type { InspectedModel } from "./inspected_model.ts";
import type { RunPlan } from "./plan_cells.ts";
import { deviceResult } from "./provenance.ts";
import type { SelfTestResult } from "./self_test.ts";

/** Everything that an inspection came to. */
export interface Inspection {
  readonly request: InspectRequest;
  readonly model: InspectedModel;
  readonly preprocessing: Preprocessing;
  readonly plan: RunPlan;
  readonly cells: readonly FinishedCell[];
  /** The model, its twin, then a transformer with its tokens in one. */
  readonly networks: readonly NetworkResult[];
  readonly chosen: ChosenDevice;
  readonly selfTest: readonly SelfTestResult[];
  /** Undefined where nothing says what class a folder of images is. */
  readonly classes: InspectedClasses | undefined;
  readonly start: RunStart;
  readonly memoryBytes: number;
}

/** No claims, but findings. */
export async function assembleInspection(inspection: Inspection): Promise<InspectionResult> {
  const { request, plan, cells, networks, chosen, selfTest } = inspection;
  const [model, twin] = networks as [NetworkResult, NetworkResult?];
  const accuracy = accuracyOf(inspection);
  const { command, ...asked } = request;
  const result: InspectionResult = {
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
    environment: await environmentResult(inspection.start, {
      batchSize: plan.profile.batchSize,
      memoryBytes: inspection.memoryBytes,
      finished: cells,
    }),
    data: dataResults(plan),
    recipes: [],
    trainings: [],
    agreement: [],
    networks: [...networks],
    missing: [],
    claims: [],
    notChecked: [],
    notes: conditions(inspection),
    findings: diagnose(model, twin, accuracy),
    accuracy,
  };
  return inspectionSchema.parse(result);
}

/** Over all groups; the twin's cells have no classes to answer. */
function accuracyOf({ cells, classes }: Inspection): InspectedAccuracy | null {
  const correct = cells.flatMap(({ payload }) => payload.correct ?? []);
  const [some] = correct;
  if (!classes || !some) return null;
  const images = correct.reduce((sum, group) => sum + group.images, 0);
  const share = (key: "first" | "firstFive") =>
    correct.reduce((sum, group) => sum + group[key], 0) / images;
  return {
    images,
    classes: some.classes,
    top1: share("first"),
    top5: some.classes > 5 ? share("firstFive") : null,
    labels: classes.how,
  };
}

/** How the model was fed and its layers were chosen. */
function conditions(inspection: Inspection): string[] {
  const { request, model, preprocessing, plan } = inspection;
  const { shortSide, crop, across = crop, mean, std } = preprocessing;
  const own = request.mean && request.std ? "" : " (ImageNet's where --mean and --std say nothing)";
  return [
    `Preprocessing: ${
      across === crop ? `short side to ${shortSide}, ` : "scaled to cover, "
    }central ` +
    `${across} x ${crop} pixels (images of that size as they are), red first, (pixel / 255 - mean) / std with mean ${
      mean.join(", ")
    } and std ` +
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
    ...inspection.networks.length > 2
      ? [
        "A transformer's layers are shown in more than one reading: with all tokens of an image side by " +
        "side, which the findings are about, as their mean, and as the one that the head reads, if it " +
        "reads one. IDs of different readings are not comparable.",
      ]
      : [],
    ...request.labels === "folders" ? [labelsNote(inspection)] : [],
  ];
}

function labelsNote({ classes }: Inspection): string {
  return classes
    ? `Accuracy: classes ${classes.how}, the model's outputs taken as their scores.`
    : "Accuracy is not known: nothing says which output stands for which folder. A file classes.json " +
      'in the folder of the images or beside it would, for instance {"cats": 3, "dogs": 5}.';
}
