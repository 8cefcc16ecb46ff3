/**
 * CUB-200-2011, or some of its species in the same layout, in a run.
 *
 * @module
 */
import {
  type Cub200,
  type LoadedPhotographs,
  mergedSides,
  partTruth,
  readCub200,
} from "../../../datasets/mod.ts";
import type { PartTruth } from "../../../datasets/part_truth.ts";
import type { DataSpec } from "../../spec/mod.ts";
import type { DataSet, KnownParts } from "./data_set.ts";
import { photographSet } from "./photograph_set.ts";

type Cub200Spec = Extract<DataSpec, { set: "cub200" }>;

/**
 * Every replicate has the same images.
 *
 * @param dataRoot Folder that holds `data/cub200`.
 * @param seed Of the images that are drawn for profiles.
 */
export function cub200Set(spec: Cub200Spec, dataRoot: string, seed: number): DataSet {
  let listed: Promise<Cub200> | undefined;
  return photographSet<Cub200>({
    title: `CUB-200-2011${
      spec.folder === "cub200" ? "" : ` (${spec.folder})`
    }, ${spec.size} pixels`,
    source: "Wah, Branson, Welinder, Perona and Belongie 2011, CNS-TR-2011-001; for research and " +
      "education only",
    settings: spec,
    seed,
    list: () => listed ??= readCub200(`${dataRoot}/data/${spec.folder}`),
    parts: (set, windows) => knownParts(set, windows, spec),
  });
}

function knownParts(
  { parts, train, test }: Cub200,
  windows: Readonly<Record<"train" | "test", LoadedPhotographs["windows"]>>,
  { size, parts: wanted }: Cub200Spec,
): KnownParts | null {
  if (!parts) return null;
  const merged = mergedSides(parts);
  const truths = new Map<string, PartTruth>();
  for (const [half, photographs] of Object.entries({ train, test })) {
    for (const [at, { name, points }] of photographs.entries()) {
      const truth = partTruth(points!, windows[half as "train" | "test"][at]!, size);
      truths.set(
        name,
        wanted === "all" ? truth : { ...truth, points: merged.merge(truth.points) },
      );
    }
  }
  const find = (image: string): PartTruth => {
    const truth = truths.get(image);
    if (!truth) throw new RangeError(`Cannot find the parts of "${image}": no such image`);
    return truth;
  };
  return {
    ...(wanted === "all" ? { names: parts, merged } : { names: merged.names }),
    isComplete(image) {
      find(image);
      // A part that cannot be seen is hidden: real birds lack none.
      return true;
    },
    truth: find,
  };
}
