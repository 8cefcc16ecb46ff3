/**
 * Why a trained ProtoPNet classifies anybody's image as it does.
 *
 * @module
 */
import type { Device } from "../../device/mod.ts";
import type { ReadModel } from "../../exported/mod.ts";
import { decodeImage, resize, toTensor } from "../../images/mod.ts";
import { LOGITS_REST } from "../../nets/mod.ts";
import { activationsOf, rankedClasses, scoringSheet } from "../../prototypes/mod.ts";
import { openModel } from "./model_outputs.ts";
import { PictureBook, pictureOf } from "./pictures.ts";
import {
  asScored,
  type ClassSheet,
  classSheet,
  EXPLAINED_VALUES,
  explainedBatch,
} from "./sheets.ts";

/** Classes that are explained besides the predicted one. */
const RIVALS = 2;

/** The sheet of a class; each line says which prototype it is about. */
export interface ExplainedClass extends ClassSheet {
  rows: (ClassSheet["rows"][number] & { readonly prototype: number })[];
}

/** A decision and its reasons. */
export interface ImageExplanation {
  /** [K], in float64 where the network tells them so. */
  readonly logits: readonly number[];
  readonly predicted: number;
  /** The image as the network takes it. */
  readonly picture: string;
  /** Of the predicted class, then its best rivals; each with all prototypes of the class. */
  readonly classes: readonly ExplainedClass[];
  /** PNG files by their digest; those of prototypes are the run's. */
  readonly pictures: ReadonlyMap<string, Uint8Array>;
}

/**
 * Runs the network on one JPEG or PNG image of any size. The image is resized to the input as photographs are for
 * training: its aspect is not kept.
 *
 * @param name For errors.
 * @throws {RunError} When the file is no such image, or has more channels than the network takes.
 */
export async function explainImage(
  { model, graph, layer }: ReadModel,
  bytes: Uint8Array,
  name: string,
  device: Device,
): Promise<ImageExplanation> {
  const { size, channels, mean, std } = model.input;
  const input = resize(await decodeImage(bytes, name), size, size);
  const pixels = new Float32Array(channels * size * size);
  toTensor(input, { shortSide: null, crop: size, mean, std }, pixels, 0, name);
  const outputs = new Set(graph.outputs.map((output) => output.name));
  const wanted = EXPLAINED_VALUES.filter((value) => value !== LOGITS_REST || outputs.has(value));
  const shape = { width: size, height: size, channels };
  await using open = await openModel(device, graph, wanted, shape);
  const [explained] = explainedBatch(await open.run(pixels, 1));
  const { maps, similarities, logits } = explained!;
  const ranked = rankedClasses(logits);
  const subject = pictureOf(input, input.data);
  const book = new PictureBook();
  const setting = {
    subject,
    rows: Infinity,
    book,
    source: (prototype: number) => model.prototypes[prototype]!.picture,
  };
  const picture = book.add(subject);
  const activations = asScored(activationsOf(layer, maps, 0), similarities);
  const classes = ranked.slice(0, 1 + RIVALS).map((label): ExplainedClass => {
    const scoring = scoringSheet(layer, activations, label);
    const sheet = classSheet(scoring, layer, explained!, setting);
    const rows = sheet.rows.map((row, at) => ({ ...row, prototype: scoring.own[at]!.prototype }));
    return { ...sheet, rows };
  });
  return { logits: [...logits], predicted: ranked[0]!, picture, classes, pictures: book.files };
}
