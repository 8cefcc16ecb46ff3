/**
 * Which of a run's states is the result.
 *
 * @module
 */
import { z } from "zod";

const projectionRecord = z.strictObject({
  /** Epoch after which prototypes were projected. */
  epoch: z.int().nonnegative(),
  /** By prototype: the training image, the cell of its map, and the squared distance before. */
  sources: z.array(z.strictObject({
    image: z.int().nonnegative(),
    cell: z.int().nonnegative(),
    distance: z.number(),
  })),
  /** Prototypes from the place, or with the vector, of an earlier one. */
  duplicates: z.int().nonnegative(),
  /** Classes whose prototypes all became the same. */
  identical: z.array(z.strictObject({ label: z.int().nonnegative(), count: z.int().positive() })),
});

/** What a projection did. */
export type ProjectionRecord = z.infer<typeof projectionRecord>;

/** Schema of a {@linkcode ChosenState}. */
export const chosenState = z.strictObject({
  epoch: z.int().nonnegative(),
  /** Epochs of the last layer after the projection; 0: none. */
  lastLayerEpochs: z.int().nonnegative(),
  validationAccuracy: z.number().nullable(),
  validationLoss: z.number().nullable(),
  projection: projectionRecord,
});

/** Which state after a projection was chosen. */
export type ChosenState = z.infer<typeof chosenState>;

/**
 * Whether a later state is better than an earlier one: by validation accuracy, then validation loss.
 * Without validation images the later one is.
 */
export function isBetter(later: ChosenState, earlier: ChosenState): boolean {
  const [a, b] = [later.validationAccuracy, earlier.validationAccuracy];
  if (a === null || b === null) return true;
  return a === b ? later.validationLoss! < earlier.validationLoss! : a > b;
}
