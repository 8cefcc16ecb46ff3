/**
 * What happened while a ProtoPNet was trained.
 *
 * @module
 */
import { z } from "zod";

/** Of a loss that may not be a number. */
const measured = z.number().nullable();

export const protoEpochRecord = z.strictObject({
  /** From 0 on, as the authors count. */
  epoch: z.int().nonnegative(),
  stage: z.enum(["warm", "joint", "push", "last-layer"]),
  /** Of the last layer's epochs after one projection, from 0 on; null elsewhere. */
  iteration: z.int().nonnegative().nullable(),
  /** Means over the steps; null after a projection, which takes none. */
  trainLoss: measured,
  trainAccuracy: measured,
  /** Cross-entropy, cluster, separation, average separation and l1, as far as the stage has them. */
  metrics: z.record(z.string(), z.number()),
  validationLoss: measured,
  validationAccuracy: measured,
});

/** One epoch, projection, or epoch of the last layer. */
export type ProtoEpochRecord = z.infer<typeof protoEpochRecord>;
