/**
 * `explain`: why a trained ProtoPNet of a run classifies an image as it does.
 *
 * @module
 */
import { basename, extname } from "node:path";
import { embedded, renderExplanation } from "../../reports/protopnet/mod.ts";
import { RunError, UsageError, writeAtomically } from "../base/mod.ts";
import { chooseDevice } from "../device/mod.ts";
import { chooseModel, type ReadModel, readModel } from "../exported/mod.ts";
import { explainImage, type ImageExplanation } from "../run/mod.ts";
import type { ExportedModel } from "../spec/mod.ts";
import type { Options } from "./options.ts";
import { print, table } from "./print.ts";

/** Explains one image; writes a page. */
export async function explain(options: Options): Promise<number> {
  const { runFolder, image: file, json, quiet } = options;
  if (options.words.length > 1) {
    throw new UsageError(`explain: found "${options.words[1]}", wanted --run DIR and --image FILE`);
  }
  if (runFolder === undefined) {
    throw new UsageError("--run: missing, wanted the folder of a run, for instance out/x-embedded");
  }
  if (file === undefined) throw new UsageError("--image: missing, wanted a JPEG or PNG file");
  const out = options.out ?? `out/explain-${basename(file, extname(file))}.html`;
  if (!/\.html?$/i.test(out)) {
    throw new UsageError(`--out: found "${out}", wanted the name of a page, which ends in .html`);
  }
  const id = await chooseModel(runFolder, options.model);
  const bytes = await readImage(file);
  const read = await readModel(runFolder, id);
  const { device, reason } = await chooseDevice(options.device, options.threads);
  if (!quiet) console.error(`device: ${device.kind} (${reason})`);
  const explained = await explainImage(read, bytes, file, device);
  const where = `${device.kind}, ${device.runtime}`;
  await writeAtomically(out, new TextEncoder().encode(await pageOf(read, explained, file, where)));
  print(json, outline(read.model, explained, file, out), () => summary(read, explained, file, out));
  return 0;
}

async function readImage(file: string): Promise<Uint8Array> {
  try {
    return await Deno.readFile(file);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) throw new RunError(`${file}: no such image`);
    if (error instanceof Deno.errors.IsADirectory) {
      throw new RunError(`${file}: found a folder, wanted a JPEG or PNG image`);
    }
    throw error;
  }
}

async function pageOf(
  { model, picture }: ReadModel,
  { logits, predicted, picture: own, classes, pictures }: ImageExplanation,
  file: string,
  device: string,
): Promise<string> {
  const sources = new Map<string, Uint8Array>();
  const named = classes.map((one) => ({
    ...one,
    rows: one.rows.map(({ prototype, ...row }) => ({
      ...row,
      unit: `${row.unit}, ${model.prototypes[prototype]!.image}`,
    })),
  }));
  for (const { rows } of classes) {
    for (const { pictures: { source } } of rows) {
      if (source !== null) sources.set(source, await picture(source));
    }
  }
  const sheet = { image: basename(file), label: null, predicted, picture: own, classes: named };
  return renderExplanation(
    { model, sheet, logits, device },
    embedded((digest) => (pictures.get(digest) ?? sources.get(digest))!),
  );
}

/** For programs. */
function outline(
  { id, title, classes: names, prototypes }: ExportedModel,
  { logits, predicted, classes }: ImageExplanation,
  image: string,
  page: string,
) {
  return {
    model: { id, title },
    image,
    predicted: { label: predicted, name: names[predicted] },
    logits,
    classes: classes.map(({ label, logit, rows, others }) => ({
      label,
      name: names[label],
      logit,
      rows: rows.map(({ prototype, similarity, weight, points, box }) => {
        const { image, cell, box: sourceBox } = prototypes[prototype]!;
        const source = { image, cell, box: sourceBox };
        return { prototype, similarity, weight, points, box, source };
      }),
      others: { prototypes: others.units, points: others.points },
    })),
    page,
  };
}

function summary(
  { model }: ReadModel,
  { classes, predicted }: ImageExplanation,
  file: string,
  out: string,
): string {
  const digits = (value: number) => value.toFixed(3);
  return [
    `${model.title}: ${file} looks like ${model.classes[predicted]}`,
    ...classes.flatMap(({ label, logit, rows, others }, at) => [
      "",
      `${model.classes[label]}, ${at === 0 ? "the decision" : `rival ${at}`}`,
      table(["prototype", "training image", "similarity", "x weight", "= points"], [
        ...rows.map(({ prototype, similarity, weight, points }) => [
          String(prototype),
          model.prototypes[prototype]!.image,
          digits(similarity),
          digits(weight),
          digits(points),
        ]),
        [others.units, "of other classes", "", "", digits(others.points)].map(String),
        ["sum = score", "", "", "", digits(logit)],
      ]),
    ]),
    "",
    `page: ${out}`,
  ].join("\n");
}
