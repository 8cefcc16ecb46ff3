/**
 * An archive of which the files and folders that its pin names become a folder.
 *
 * @module
 */
import type { ArchivePin } from "../../datasets/downloads.ts";
import { RunError } from "../base/mod.ts";
import type { FolderPlan } from "./fetch_folder.ts";

/** The named files and all files of the named folders, at their paths below the archive's top folder. */
export function archiveFolder(pin: ArchivePin): FolderPlan {
  const { id, path, sha256, root, limits, files, folders, terms } = pin;
  const hasFolders = Object.keys(folders).length > 0;
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
      return new Set([...files, ...filesOf(folders, paths, `${path}: ${root}`)]);
    },
    added: new Map(),
    recipe: { archive: path, sha256, files, ...(hasFolders && { folders }), terms },
    remarks: [terms],
  };
}

/** @param place For errors. */
function filesOf(
  folders: ArchivePin["folders"],
  paths: readonly string[],
  place: string,
): string[] {
  return Object.entries(folders).flatMap(([folder, count]) => {
    const inside = paths.filter((file) => file.startsWith(`${folder}/`));
    if (inside.length === count) return inside;
    throw new RunError(
      `${place}/${folder}: ${inside.length} files in the archive, wanted ${count}`,
    );
  });
}
