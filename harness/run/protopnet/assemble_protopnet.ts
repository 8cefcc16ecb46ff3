/**
 * From finished cells to the parts of a result.
 *
 * @module
 */
import published from "../../../experiments/reference/protopnet.json" with { type: "json" };
import { ensembleLogits } from "../../prototypes/mod.ts";
import type {
  EnsembleResult,
  ModelResult,
  ModelSpec,
  ProtopnetProfile,
  ProtopnetResult,
  StagesSpec,
} from "../../spec/mod.ts";
import { augmentationInWords, trainingInWords } from "../assemble_training.ts";
import { modelImages } from "./model_images.ts";
import { decodeFloats } from "./encode_floats.ts";
import type { MeasuredModel } from "./measure_model.ts";
import type { PlannedModel, ProtopnetPlan } from "./planned_models.ts";
import { testScores } from "./test_scores.ts";
import type { StoredModel } from "./training_record.ts";

/** A model of one replicate with everything that is known of it. */
export interface FinishedModel {
  readonly planned: PlannedModel;
  readonly stored: StoredModel | null;
  readonly measured: MeasuredModel;
}

/** What each kind is told besides the pixels. */
const SUPERVISION: Readonly<Record<ModelSpec["kind"], ModelResult["supervision"]>> = {
  "classifier": { train: ["label"], test: [] },
  "protopnet": { train: ["label"], test: [] },
  "cam": { train: ["label"], test: [] },
  "part-pool": { train: ["label", "parts"], test: [] },
  "part-oracle": { train: ["label", "parts"], test: ["parts"] },
};

/** The models of a run, each with all its replicates. */
export function modelResults(
  finished: readonly FinishedModel[],
  profile: ProtopnetProfile,
  engine: string,
): ModelResult[] {
  const byModel = Map.groupBy(finished, ({ planned }) => planned.spec.id);
  return [...byModel.values()].map((runs) => {
    const [{ planned: { spec }, measured: { about } }] = runs as [FinishedModel];
    const backbone = spec.kind === "part-oracle" ? null : profile.backbones[spec.backbone]!;
    return {
      id: spec.id,
      title: spec.title,
      kind: spec.kind,
      data: spec.data,
      recipe: spec.kind === "protopnet"
        ? spec.stages
        : spec.kind === "part-oracle"
        ? null
        : spec.training,
      backbone: spec.kind === "part-oracle" ? null : spec.backbone,
      architecture: backbone?.architecture ?? null,
      start: backbone === null
        ? "not trained"
        : backbone.start.from === "random"
        ? "random weights"
        : `the file ${backbone.start.model}`,
      supervision: SUPERVISION[spec.kind],
      gates: spec.gates,
      parameters: about.parameters,
      prototypes: about.prototypes,
      grid: about.grid && [...about.grid],
      receptiveField: about.receptiveField,
      paper: paperAccuracy(spec, backbone?.architecture),
      runs: runs.map(({ planned, stored, measured }) => ({
        replicate: planned.replicate,
        seed: planned.seed,
        engine: spec.kind === "part-oracle" ? "none" : engine,
        history: stored?.record.history ?? [],
        ...measured.run,
      })),
    };
  });
}

function paperAccuracy(spec: ModelSpec, architecture: string | undefined): ModelResult["paper"] {
  if (spec.kind !== "protopnet" && spec.kind !== "classifier" || !spec.paper) return null;
  const table: Readonly<
    Record<string, Record<"protopnet" | "classifier", { mean: number; std: number }>>
  > = published.table1;
  const row = table[architecture?.replace(/_bn$/, "") ?? ""]?.[spec.kind];
  return row ? { ...row, source: "Chen et al. 2019, Table 1" } : null;
}

/** Models that decide together, on the test images of each replicate. */
export async function ensembleResults(
  finished: readonly FinishedModel[],
  { ensembles }: ProtopnetProfile,
): Promise<EnsembleResult[]> {
  const results: EnsembleResult[] = [];
  for (const [id, members] of Object.entries(ensembles)) {
    const own = finished.filter(({ planned }) => members.includes(planned.spec.id));
    const runs: EnsembleResult["runs"] = [];
    for (const [replicate, together] of Map.groupBy(own, ({ planned }) => planned.replicate)) {
      if (together.length < members.length) continue;
      const { set, seed } = together[0]!.planned;
      const { test } = await modelImages(set, [], seed);
      const logits = ensembleLogits(together.map(({ measured }) => decodeFloats(measured.logits)));
      runs.push({ replicate, test: testScores(logits, test) });
    }
    if (runs.length > 0) results.push({ id, members: [...members], runs });
  }
  return results;
}

/** The images of every replicate. */
export function imageResults(
  finished: readonly FinishedModel[],
  { sets }: ProtopnetPlan,
): ProtopnetResult["data"] {
  return [...sets].flatMap(([id, { title, source }]) => {
    const own = finished.filter(({ planned }) => planned.spec.data === id);
    const byReplicate = new Map(own.map((model) => [model.planned.replicate, model]));
    const groups = [...byReplicate.values()].flatMap(({ planned, measured: { run } }) =>
      (["train", "validation", "test"] as const).map((part) => ({
        id: `${part}-${planned.replicate + 1}`,
        label: `${part} images of replicate ${planned.replicate + 1}`,
        replicate: planned.replicate,
        n: run[`${part}Images`],
        sha256: planned.set.identity,
      })).filter(({ n }) => n > 0)
    );
    return groups.length === 0 ? [] : [{ id, title, source, groups }];
  });
}

/** Recipes in words. */
export function recipesInWords(
  finished: readonly FinishedModel[],
  { trainings, stages }: ProtopnetProfile,
): ProtopnetResult["recipes"] {
  const used = new Set(
    finished.flatMap(({ planned: { spec } }) =>
      spec.kind === "protopnet" ? [spec.stages] : spec.kind === "part-oracle" ? [] : [spec.training]
    ),
  );
  return [...used].map((id) => {
    const training = trainings[id];
    const { description } = training ?? stages[id]!;
    const settings = training ? trainingInWords(training) : stagesInWords(stages[id]!);
    return { id, description, settings };
  });
}

function stagesInWords(stages: StagesSpec): string {
  const { rates, coefficients, augmentation } = stages;
  return [
    `${stages.warmEpochs} epochs of warm-up and ${stages.epochs - stages.warmEpochs} joint ones`,
    `batches of ${stages.batchSize}`,
    stages.method.name === "sgd" ? "SGD" : stages.method.name === "adam" ? "Adam" : "AdamW",
    `rates: backbone ${rates.backbone}, add-on layers ${rates.addOn}, prototypes ` +
    `${rates.prototypes}, last layer ${rates.lastLayer}`,
    `times ${stages.decayFactor} every ${stages.decayEvery} joint epochs`,
    `weight decay ${stages.weightDecay}`,
    stages.firstPrototypes === "patches" &&
    "prototypes start as random latent patches of their classes",
    `loss: ${coefficients.crossEntropy} cross-entropy + ${coefficients.cluster} cluster - ` +
    `${coefficients.separation} separation + ${coefficients.l1} L1`,
    `projection after epoch ${stages.firstProjection + 1}, every ${stages.projectionEvery}, and ` +
    "at the end",
    `${stages.lastLayerEpochs} epochs of the last layer after each`,
    augmentation.length > 0 && augmentationInWords(augmentation, stages.copies),
  ].filter(Boolean).join("; ");
}
