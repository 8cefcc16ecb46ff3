/**
 * What the groups of a run are called.
 *
 * @module
 */
import type { Result } from "../harness/spec/mod.ts";

/** A noun. */
export interface Noun {
  readonly one: string;
  readonly many: string;
}

const REPLICATES: Noun = { one: "replicate", many: "replicates" };
const GROUPS: Noun = { one: "group of images", many: "groups of images" };

/** Replicates where every group of a data set has seeds of its own, else groups of images. */
export function groupNoun(data: Result["data"]): Noun {
  const differ = data.every(({ groups }) =>
    new Set(groups.map(({ replicate }) => replicate)).size === groups.length
  );
  return differ && data.some(({ groups }) => groups.length > 1) ? REPLICATES : GROUPS;
}
