/**
 * Everything that is measured on one trained model: one cell.
 *
 * @module
 */
import type { ModelEntry } from "../../../datasets/mod.ts";
import type { UnitMeasures } from "../../explanations/mod.ts";
import { receptiveField } from "../../prototypes/mod.ts";
import { windowsOf } from "../../nets/mod.ts";
import type {
  Measure,
  ModelRun,
  ProtopnetProfile,
  PrototypeModelSpec,
  SheetResult,
} from "../../spec/mod.ts";
import type { Cell } from "../cell.ts";
import { cellKey } from "../cell.ts";
import type { TrainingPlace } from "../training_cell.ts";
import { explains, modelGraph, type OpenExplained, openExplained } from "./explained.ts";
import { partOracleLogits } from "./part_oracle.ts";
import { type ModelImages, modelImages } from "./model_images.ts";
import { emptyRun } from "./empty_run.ts";
import { encodeFloats } from "./encode_floats.ts";
import { PictureBook } from "./pictures.ts";
import type { PlannedModel } from "./planned_models.ts";
import {
  neighbourhoods,
  projectionResult,
  prototypeResults,
  prototypeSources,
  pruningResult,
} from "./prototype_measures.ts";
import { additivityResult, sheetImages, sheetResults } from "./sheets.ts";
import { logitsOf, testScores } from "./test_scores.ts";
import { type ReadyModel, readyModel, settingsOf } from "./train_model.ts";
import type { StoredModel } from "./training_record.ts";
import { truePartsEntry } from "./true_parts.ts";
import {
  intervenedImages,
  interventionEntries,
  layerEntries,
  unitEntries,
  unitMeasures,
} from "./unit_metrics.ts";

/** Version of the code between trained models and what is said of them. */
const MEASURE_VERSION = 3;

/** What a measured model leaves in the store. */
export interface MeasuredModel {
  readonly run: Omit<ModelRun, "replicate" | "seed" | "engine" | "history">;
  readonly sheets: readonly SheetResult[];
  /** PNG files by their digest, in base64. */
  readonly pictures: Readonly<Record<string, string>>;
  /** Logits of the test images, float32 in base64, for ensembles. */
  readonly logits: string;
  readonly about: {
    readonly parameters: number;
    readonly prototypes: number | null;
    readonly grid: readonly [number, number] | null;
    readonly receptiveField: number | null;
    readonly classes: readonly string[];
  };
}

/** The cell of what is measured on a model. */
export function measureCell(planned: PlannedModel, profile: ProtopnetProfile): Cell {
  const { spec, replicate, seed, set, cell } = planned;
  const { measures, pruning, sheets, gallery } = profile;
  return {
    stage: "measure-model",
    version: MEASURE_VERSION,
    parameters: {
      ...{ kind: spec.kind, id: spec.id, replicate, seed },
      ...{ measures, pruning, sheets, gallery },
    },
    inputs: { images: set.identity, ...(cell && { model: cellKey(cell) }) },
  };
}

/** Measures, or takes what was measured from the store. */
export async function measureModel(
  planned: PlannedModel,
  stored: StoredModel | null,
  profile: ProtopnetProfile,
  files: ReadonlyMap<string, ModelEntry>,
  place: TrainingPlace,
): Promise<{ measured: MeasuredModel; cached: boolean }> {
  const { artifact, cached } = await place.store.compute(
    measureCell(planned, profile),
    place.signal,
    async () =>
      stored
        ? await measureTrained(await readyModel(planned, profile, files), stored, profile, place)
        : await measureOracle(planned),
  );
  return { measured: artifact.payload as MeasuredModel, cached };
}

async function measureOracle({ set, seed }: PlannedModel): Promise<MeasuredModel> {
  const images = await modelImages(set, [], seed);
  const logits = partOracleLogits(images);
  return {
    run: {
      ...emptyRun(images),
      seconds: 0,
      keptEpoch: 0,
      validation: null,
      test: testScores(logits, images.test),
    },
    sheets: [],
    pictures: {},
    logits: encodeFloats(logits),
    about: {
      parameters: 0,
      prototypes: null,
      grid: null,
      receptiveField: null,
      classes: images.train.images.classes,
    },
  };
}

async function measureTrained(
  ready: ReadyModel,
  stored: StoredModel,
  profile: ProtopnetProfile,
  place: TrainingPlace,
): Promise<MeasuredModel> {
  const { planned, images, backbone, setting } = ready;
  const { spec, seed } = planned;
  const { device, signal, progress } = place;
  const { record } = stored;
  const wants = (measure: Measure) => profile.measures.includes(measure);
  const task = progress.begin(`measuring ${spec.id}`, STEPS, "items");
  try {
    const made = modelGraph(ready, stored);
    const logits = await logitsOf(device, made.graph, images.test, signal);
    const test = testScores(logits, images.test);
    task.advance(1);
    const book = new PictureBook();
    const prototypes = made.net
      ? await measurePrototypes(ready, { ...made, net: made.net }, stored, profile, place, book)
      : null;
    task.advance(1);
    let measures: UnitMeasures | null = null;
    const metrics: ModelRun["metrics"] = [];
    if (explains(spec.kind) && (wants("units") || wants("interventions")) && images.parts) {
      await using open = await openExplained(ready, made, device, signal);
      const measured = { test: images.test, parts: images.parts, seed, signal };
      if (wants("units")) {
        measures = await unitMeasures(open.model, measured, prototypes?.sources ?? null);
        metrics.push(...unitEntries(measures, images.parts));
        if (spec.kind === "part-pool") {
          metrics.push(await truePartsEntry(ready, stored, device, signal));
        }
      }
      if (wants("interventions") && images.scenes) {
        metrics.push(...await interventions(open, measured, images, place, spec.id));
      }
      if (open.layer && wants("units")) {
        metrics.push(...layerEntries(open.layer, test.accuracy, measures));
      }
    }
    task.advance(1);
    const purity = new Map((measures?.purity.units ?? []).map((unit) => [unit.unit, unit]));
    const field = receptiveField(setting.shape.width, windowsOf(backbone.graph));
    return {
      run: {
        ...emptyRun(images),
        seconds: record.seconds,
        keptEpoch: record.keptEpoch,
        validation: record.validation,
        test,
        metrics,
        ...(prototypes && {
          projection: prototypes.projection,
          additivity: prototypes.additivity,
          pruning: prototypes.pruning,
          ownClassNeighbours: prototypes.ownClassNeighbours,
          prototypes: await prototypes.entries(purity),
        }),
      },
      sheets: prototypes?.sheets ?? [],
      pictures: Object.fromEntries(
        [...book.files].map(([digest, bytes]) => [digest, bytes.toBase64()]),
      ),
      logits: encodeFloats(logits),
      about: {
        parameters: record.parameters,
        prototypes: made.net?.classOf.length ?? null,
        grid: [backbone.height, backbone.width],
        receptiveField: field.size,
        classes: images.train.images.classes,
      },
    };
  } finally {
    task.finish();
  }
}

/** Steps of the progress bar. */
const STEPS = 3;

async function interventions(
  { model }: OpenExplained,
  measured: Parameters<typeof unitMeasures>[1],
  { scenes, test }: ModelImages,
  { progress }: TrainingPlace,
  id: string,
): Promise<ModelRun["metrics"]> {
  const task = progress.begin(`interventions on ${id}`, intervenedImages(test), "images");
  try {
    return await interventionEntries(model, measured, scenes!, () => task.advance(1));
  } finally {
    task.finish();
  }
}

/** What only a model with prototypes has. */
async function measurePrototypes(
  { planned, images, backboneSpec }: ReadyModel,
  { net }: { readonly net: NonNullable<ReturnType<typeof modelGraph>["net"]> },
  { record }: StoredModel,
  profile: ProtopnetProfile,
  place: TrainingPlace,
  book: PictureBook,
) {
  const { device, signal } = place;
  const { replicate, seed } = planned;
  const spec = planned.spec as PrototypeModelSpec;
  const stages = profile.stages[spec.stages]!;
  const wants = (measure: Measure) => profile.measures.includes(measure);
  const { projection } = record.chosen!;
  const sources = await prototypeSources(device, net, images, projection);
  const near = wants("pruning") || wants("gallery")
    ? await neighbourhoods(device, net, images, profile.pruning.neighbours)
    : null;
  const pruned = near && wants("pruning")
    ? await pruningResult(
      net,
      images,
      near.train,
      stages,
      settingsOf(stages, seed, backboneSpec.frozen),
      profile.pruning,
      place,
    )
    : null;
  // Pictures of one replicate are enough to look at.
  const isShown = replicate === 0;
  const members = sheetImages(profile.sheets.images, images.test.images.labels.length, seed);
  return {
    sources,
    projection: wants("projection") ? await projectionResult(device, net, images, record) : null,
    additivity: wants("sheets") ? await additivityResult(device, net, images.test, signal) : null,
    pruning: pruned?.pruning ?? null,
    ownClassNeighbours: near?.ownShare ?? null,
    sheets: wants("sheets") && isShown
      ? await sheetResults(
        device,
        {
          model: spec.id,
          replicate,
          net,
          sources,
          train: images.train,
          test: images.test,
          layout: profile.sheets,
          book,
        },
        members,
        signal,
      )
      : [],
    entries: async (purity: ReadonlyMap<number, UnitMeasures["purity"]["units"][number]>) =>
      near && wants("gallery")
        ? await prototypeResults(device, {
          net,
          images,
          sources,
          near,
          pruned: pruned?.pruned ?? new Set(),
          purity,
          gallery: isShown ? { book, perClass: profile.gallery.perClass } : null,
        })
        : [],
  };
}
