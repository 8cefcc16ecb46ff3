/**
 * The photographs: which part of Imagenette's archive becomes `data/imagenette/`.
 *
 * @module
 */
import type { ImagenettePin } from "../../datasets/downloads.ts";
import type { FolderPlan } from "./fetch_folder.ts";
import { selectImages } from "./select_images.ts";

/** `train/<wnid>/`, `val/<wnid>/` with the chosen photographs, and `classes.json`. */
export function imagenetteFolder(pin: ImagenettePin): FolderPlan {
  const { path, sha256, root, limits, classes, trainImages, valImages, choice, terms } = pin;
  return {
    id: "imagenette",
    pin,
    root,
    limits,
    select: (paths) => selectImages(paths, pin),
    added: new Map([["classes.json", `${JSON.stringify(classes, null, 2)}\n`]]),
    recipe: { archive: path, sha256, classes, trainImages, valImages, choice, terms },
    remarks: [choice, terms],
  };
}
