/**
 * Anybody's photographs in a run.
 *
 * @module
 */
import { photographFolder } from "../../../datasets/mod.ts";
import type { DataSpec } from "../../spec/mod.ts";
import type { DataSet } from "./data_set.ts";
import { photographSet } from "./photograph_set.ts";

/** @param seed Replicate r divides a folder that is not divided by seed + r. */
export function folderSet(spec: Extract<DataSpec, { set: "folder" }>, seed: number): DataSet {
  const { path, testShare, size } = spec;
  return photographSet({
    title: `${path}, ${size} pixels`,
    source: "photographs of the user",
    settings: spec,
    seed,
    list: (replicate) => photographFolder(path, { testShare, seed: seed + replicate }),
  });
}
