/**
 * From a data set's specification to the data set.
 *
 * @module
 */
import type { DataSpec } from "../../spec/mod.ts";
import { birdsSet } from "./birds_set.ts";
import { cifar10Set } from "./cifar10_set.ts";
import { cub200Set } from "./cub200_set.ts";
import type { DataSet } from "./data_set.ts";
import { folderSet } from "./folder_set.ts";
import { imagenetteSet } from "./imagenette_set.ts";
import { mnistSet } from "./mnist_set.ts";
import { objectsSet } from "./objects_set.ts";

/**
 * @param dataRoot Folder of the sets that are not made or installed.
 * @param seed Of the sets that are made at random.
 */
export function openDataSet(spec: DataSpec, dataRoot: string, seed: number): DataSet {
  switch (spec.set) {
    case "imagenette":
      return imagenetteSet(spec, dataRoot);
    case "mnist":
      return mnistSet(spec, seed);
    case "cifar10":
      return cifar10Set(spec, dataRoot);
    case "objects":
      return objectsSet(spec, seed);
    case "birds":
      return birdsSet(spec, seed);
    case "cub200":
      return cub200Set(spec, dataRoot, seed);
    case "folder":
      return folderSet(spec, seed);
  }
}
