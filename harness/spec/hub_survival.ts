/**
 * The claims of a run with estimates that withstand hubs.
 *
 * @module
 */
import { z } from "zod";
import { verdict } from "./result_parts.ts";

/** One check of a claim with several estimates. */
export const hubSurvivalSchema = z.strictObject({
  claim: z.string(),
  title: z.string(),
  subject: z.string(),
  checks: z.array(z.strictObject({
    estimate: z.enum([
      "twonn_fit",
      "twonn_fit_without_it",
      "twonn_fit_without_top_1_percent",
      "levina_bickel_k20",
    ]).describe("As in a layer's estimates and hub; levina_bickel_k20 is its harmonic mean"),
    verdict,
    value: z.number().nullable(),
    interval: z.tuple([z.number(), z.number()]).nullable(),
  })),
});

export type HubSurvival = z.infer<typeof hubSurvivalSchema>;
