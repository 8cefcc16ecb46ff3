/**
 * A trained ProtoPNet as files that other programs can use.
 *
 * @module
 */
import { imageAt } from "../../../datasets/labelled_images.ts";
import { sha256 } from "../../base/mod.ts";
import type { ModelFiles } from "../../exported/mod.ts";
import { tap, writeGraph } from "../../graph/mod.ts";
import { EXPORTED_MODEL_VERSION, type ExportedModel } from "../../spec/mod.ts";
import type { Cell } from "../cell.ts";
import { cellKey } from "../cell.ts";
import type { TrainingPlace } from "../training_cell.ts";
import type { FinishedModel } from "./assemble_protopnet.ts";
import { modelGraph } from "./explained.ts";
import { decodeFloats } from "./encode_floats.ts";
import { PictureBook, pictureOf, withBox } from "./pictures.ts";
import type { ProtopnetPlan } from "./planned_models.ts";
import { boxResult, prototypeSources } from "./prototype_measures.ts";
import { EXPLAINED_VALUES, sheetImages } from "./sheets.ts";
import { readyModel } from "./train_model.ts";

/** Version of the code between trained models and what is exported of them. */
const EXPORT_VERSION = 3;

/** Test images that come with a network. */
const IMAGES = 12;

/** The files of a network, with the pictures that its description names. */
export interface ExportedFiles extends ModelFiles {
  /** PNG files by their digest. */
  readonly pictures: ReadonlyMap<string, Uint8Array>;
}

/** What the store keeps: bytes in base64. */
interface StoredExport {
  readonly model: ExportedModel;
  readonly onnx: string;
  readonly pictures: Readonly<Record<string, string>>;
}

/** Whether a model leaves the run as files: ProtoPNets do, one replicate of each. */
export function isExported({ planned: { spec, replicate } }: FinishedModel): boolean {
  return spec.kind === "protopnet" && replicate === 0;
}

/** Exports, or takes what was exported from the store. */
export async function exportModel(
  finished: FinishedModel,
  plan: ProtopnetPlan,
  place: TrainingPlace,
): Promise<{ exported: ExportedFiles; cached: boolean }> {
  const { spec, set, seed, cell } = finished.planned;
  const exportCell: Cell = {
    stage: "export-model",
    version: EXPORT_VERSION,
    parameters: { id: spec.id, title: spec.title, seed, images: IMAGES },
    inputs: { images: set.identity, model: cellKey(cell!) },
  };
  const { artifact, cached } = await place.store.compute(
    exportCell,
    place.signal,
    () => storedExport(finished, plan, place),
  );
  const { model, onnx, pictures } = artifact.payload as StoredExport;
  const files = Object.entries(pictures).map(([digest, text]) =>
    [digest, Uint8Array.fromBase64(text)] as const
  );
  return {
    exported: { model, onnx: Uint8Array.fromBase64(onnx), pictures: new Map(files) },
    cached,
  };
}

async function storedExport(
  { planned, stored, measured }: FinishedModel,
  { profile, files, sets }: ProtopnetPlan,
  { device }: TrainingPlace,
): Promise<StoredExport> {
  const ready = await readyModel(planned, profile, files);
  const { images: { train, test }, setting: { shape }, backboneSpec } = ready;
  const { graph, net: trained } = modelGraph(ready, stored!);
  const net = trained!;
  const onnx = writeGraph(tap(graph, EXPLAINED_VALUES));
  const book = new PictureBook();
  const sources = await prototypeSources(
    device,
    net,
    ready.images,
    stored!.record.chosen!.projection,
  );
  const logits = decodeFloats(measured.logits);
  const { labels, names, classes } = test.images;
  const { mean, std } = train.preprocessing;
  const model: ExportedModel = {
    kind: "exported-protopnet",
    schemaVersion: EXPORTED_MODEL_VERSION,
    id: planned.spec.id,
    title: planned.spec.title,
    summary: `${backboneSpec.title} with ${net.classOf.length} prototypes, trained on ` +
      `${train.images.labels.length} images: ${
        sets.get(planned.spec.data)!.title
      }. It is right on ` +
      `${(100 * measured.run.test.accuracy).toFixed(1)} % of ${labels.length} test images.`,
    onnx: sha256(onnx),
    input: {
      size: shape.width,
      channels: shape.channels === 1 ? 1 : 3,
      mean: [...mean],
      std: [...std],
    },
    classes: [...classes],
    similarity: net.similarity,
    prototypes: sources.map(({ image, at, cell, box }, prototype) => ({
      label: net.classOf[prototype]!,
      image,
      cell: [Math.floor(cell / net.width), cell % net.width],
      box: boxResult(box),
      picture: book.add(withBox(pictureOf(train.images, imageAt(train.images, at)), box)),
    })),
    images: sheetImages(IMAGES, labels.length, planned.seed).map((at) => ({
      name: names[at]!,
      label: labels[at]!,
      picture: book.addExact(pictureOf(test.images, imageAt(test.images, at))),
      logits: [...logits.subarray(at * classes.length, (at + 1) * classes.length)],
    })),
  };
  return {
    model,
    onnx: onnx.toBase64(),
    pictures: Object.fromEntries([...book.files].map(([digest, png]) => [digest, png.toBase64()])),
  };
}
