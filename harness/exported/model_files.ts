/**
 * Where a run's trained networks are, as files below its folder.
 *
 * @module
 */
import type { ExportedModel } from "../spec/mod.ts";

/** Folder of the networks, in the folder of the run. */
export const MODELS = "models";

/** Names in the folder of a network. */
export const NETWORK_FILE = "model.onnx";
export const DESCRIPTION_FILE = "model.json";

/** A trained network with its description. */
export interface ModelFiles {
  readonly model: ExportedModel;
  readonly onnx: Uint8Array;
}

/** The files of a network in the order of writing: the description, which vouches for the rest, last. */
export function modelFiles({ model, onnx }: ModelFiles): { path: string; bytes: Uint8Array }[] {
  const folder = `${MODELS}/${model.id}`;
  const text = JSON.stringify(model, null, 2) + "\n";
  return [
    { path: `${folder}/${NETWORK_FILE}`, bytes: onnx },
    { path: `${folder}/${DESCRIPTION_FILE}`, bytes: new TextEncoder().encode(text) },
  ];
}

/** Path of a picture, from the folder of the run. */
export function picturePath(digest: string): string {
  return `pictures/${digest}.png`;
}
