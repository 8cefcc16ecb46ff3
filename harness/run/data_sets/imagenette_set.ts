/**
 * Imagenette in a run: one group a class, or one of all; it is not trained on.
 *
 * @module
 */
import { imagenette } from "../../../datasets/mod.ts";
import type { DataSpec } from "../../spec/mod.ts";
import type { DataSet } from "./data_set.ts";

/** @param dataRoot Folder that holds `data/imagenette`. */
export function imagenetteSet(
  { split, classes, by, samples: most = Infinity }: Extract<DataSpec, { set: "imagenette" }>,
  dataRoot: string,
): DataSet {
  return {
    title: `Imagenette, ILSVRC training images${by === "all" ? ", all classes together" : ""}`,
    source: "fast.ai's Imagenette; the images are ImageNet's, for research and education only",
    groups: (samples) =>
      imagenette(dataRoot, {
        split,
        samples: Math.min(samples, most),
        ...(classes && { classes }),
        ...(by && { by }),
      }),
  };
}
