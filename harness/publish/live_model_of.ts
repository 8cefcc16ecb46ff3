/**
 * A trained ProtoPNet of a run as its live page wants it.
 *
 * @module
 */
import { RunError } from "../base/mod.ts";
import { type ReadModel, readModel } from "../exported/mod.ts";
import type { LiveModel } from "../../reports/live/mod.ts";

/** Addresses of other pages, from the folder of the live page. */
export type LivePlaces = Pick<LiveModel, "sheets" | "home">;

/**
 * Reads it.
 *
 * @param runFolder The folder that `reproduce` wrote.
 * @throws {RunError} As `readModel`, and when the network takes no colours.
 */
export async function liveModelOf(
  runFolder: string,
  modelId: string,
  places: LivePlaces,
): Promise<LiveModel> {
  return await liveModel(await readModel(runFolder, modelId), places);
}

/**
 * Makes it of a network that was read.
 *
 * @throws {RunError} When the network takes no colours, or a picture is missing or damaged.
 */
export async function liveModel(
  { model, onnx, layer, picture }: ReadModel,
  { sheets, home }: LivePlaces,
): Promise<LiveModel> {
  const { title, summary, input: { size, channels, mean, std }, classes } = model;
  if (channels !== 3) {
    throw new RunError(
      `live page ${title}: found an input of ${channels} channel, wanted 3`,
    );
  }
  return {
    ...{ title, summary, onnx, classes, layer, sheets, home },
    input: { size, mean, std },
    prototypes: await Promise.all(
      model.prototypes.map(async (one) => ({
        name: one.image,
        picture: await picture(one.picture),
      })),
    ),
    images: await Promise.all(
      model.images.map(async ({ name, label, logits, picture: digest }) => ({
        ...{ name, label, logits },
        png: await picture(digest),
      })),
    ),
  };
}
