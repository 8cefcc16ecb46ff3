/**
 * Why a trained ProtoPNet classifies anybody's image as it does.
 *
 * @module
 */
import type { Device } from "../../device/mod.ts";
import type { ReadModel } from "../../exported/mod.ts";
import { decodeImage, resize, toTensor } from "../../images/mod.ts";
import { LATENT, OUTPUT } from "../../nets/mod.ts";
import { activationsOf, rankedClasses, scoringSheet } from "../../prototypes/mod.ts";
import type { SheetResult } from "../../spec/mod.ts";
import { openModel } from "./model_outputs.ts";
import { PictureBook, pictureOf } from "./pictures.ts";
import { classSheet } from "./sheets.ts";

/** Prototypes that are shown of a class, and classes besides the predicted one. */
const LAYOUT = { rows: 10, rivals: 1 } as const;

type SheetClass = SheetResult["classes"][number];

/** The sheet of a class; each line says which prototype it is about. */
export interface ExplainedClass extends SheetClass {
  rows: (SheetClass["rows"][number] & { readonly prototype: number })[];
}

/** A decision and its reasons. */
export interface ImageExplanation {
  /** [K]. */
  readonly logits: readonly number[];
  readonly predicted: number;
  /** The image as the network takes it. */
  readonly picture: string;
  /** Of the predicted class and its best rival. */
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
  await using open = await openModel(device, graph, [LATENT, OUTPUT], {
    width: size,
    height: size,
    channels,
  });
  const values = await open.run(pixels, 1);
  const { dims, data } = values[LATENT]!;
  const [, depth, height, width] = dims as [number, number, number, number];
  const maps = { count: 1, depth, height, width, data: data.slice() };
  const logits = values[OUTPUT]!.data.slice();
  const ranked = rankedClasses(logits);
  const subject = pictureOf(input, input.data);
  const book = new PictureBook();
  const setting = {
    subject,
    rows: LAYOUT.rows,
    book,
    source: (prototype: number) => model.prototypes[prototype]!.picture,
  };
  const picture = book.add(subject);
  const activations = activationsOf(layer, maps, 0);
  const classes = ranked.slice(0, 1 + LAYOUT.rivals).map((label): ExplainedClass => {
    const scoring = scoringSheet(layer, activations, label);
    const sheet = classSheet(scoring, layer, { at: 0, maps, logits }, setting);
    const rows = sheet.rows.map((row, at) => ({ ...row, prototype: scoring.own[at]!.prototype }));
    return { ...sheet, rows };
  });
  return { logits: [...logits], predicted: ranked[0]!, picture, classes, pictures: book.files };
}
