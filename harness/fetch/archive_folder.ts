/**
 * An archive of which the files that its pin names become a folder.
 *
 * @module
 */
import type { ArchivePin } from "../../datasets/downloads.ts";
import { RunError } from "../base/mod.ts";
import type { FolderPlan } from "./fetch_folder.ts";

/** The named files, each at its path below the archive's top folder. */
export function archiveFolder(pin: ArchivePin): FolderPlan {
  const { id, path, sha256, root, limits, files, terms } = pin;
  return {
    id,
    pin,
    root,
    limits,
    select(paths) {
      const there = new Set(paths);
      const missing = files.find((file) => !there.has(file));
      if (missing !== undefined) {
        throw new RunError(`${path}: no file "${root}/${missing}" in the archive`);
      }
      return new Set(files);
    },
    added: new Map(),
    recipe: { archive: path, sha256, files, terms },
    remarks: [terms],
  };
}
