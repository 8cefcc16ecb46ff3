/**
 * CIFAR-10 in a run.
 *
 * @module
 */
import { readCifar10 } from "../../../datasets/mod.ts";
import { canonicalJson, RunError, sha256 } from "../../base/mod.ts";
import type { DataSpec } from "../../spec/mod.ts";
import type { DataSet } from "./data_set.ts";
import { labelledGroup } from "./labelled_group.ts";

/** Images of the two splits; the files are refused when they hold others. */
const IMAGES = { train: 50_000, test: 10_000 } as const;

/** @param dataRoot Folder that holds `data/cifar10`. */
export function cifar10Set(
  { split, preprocessing }: Extract<DataSpec, { set: "cifar10" }>,
  dataRoot: string,
): DataSet {
  const load = async (part: "train" | "test") => ({
    images: await readCifar10(`${dataRoot}/data/cifar10`, part),
    preprocessing,
    luminance: null,
  });
  const once = { train: lazily(() => load("train")), test: lazily(() => load("test")) };
  return {
    title: "CIFAR-10",
    source: "Krizhevsky 2009, Learning multiple layers of features from tiny images",
    groups: (samples) =>
      Promise.try(() => {
        if (samples > IMAGES[split]) {
          throw new RunError(
            `CIFAR-10 ${split}: ${IMAGES[split]} images, wanted at least ${samples}`,
          );
        }
        return [labelledGroup({
          id: "all",
          label: "all classes",
          members: Array.from({ length: samples }, (_, at) => at),
          identity: sha256(canonicalJson({ set: "cifar10", split, samples })),
          load: once[split],
        })];
      }),
    training: () =>
      Promise.resolve({
        identity: sha256(canonicalJson({ set: "cifar10", preprocessing })),
        size: IMAGES.train,
        shape: { width: 32, height: 32, channels: 3 },
        load: async () => ({ train: await once.train(), test: await once.test() }),
      }),
  };
}

function lazily<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => made ??= make();
}
