/**
 * What a run says of a model before anything is measured.
 *
 * @module
 */
import type { ModelImages } from "./model_images.ts";

/** Numbers of images, and nothing else. */
export function emptyRun({ train, validation, test }: ModelImages) {
  return {
    trainImages: train.images.labels.length,
    validationImages: validation?.images.labels.length ?? 0,
    testImages: test.images.labels.length,
    projection: null,
    additivity: null,
    pruning: null,
    ownClassNeighbours: null,
    prototypes: [],
    metrics: [],
  };
}
