/**
 * The result of an inspection of anybody's model: that of a run without claims, with findings in their
 * place.
 *
 * @module
 */
import { z } from "zod";
import { resultSchema } from "./result.ts";

const finding = z.strictObject({
  id: z.string().describe("What the finding is about"),
  concern: z.boolean().describe("Whether somebody should look into it"),
  title: z.string(),
  seen: z.string().describe("What was seen, with numbers"),
  meaning: z.string().describe("What it may mean"),
  limit: z.string().describe("What it does not prove"),
});

const share = z.number().min(0).max(1);

const accuracy = z.strictObject({
  images: z.int().positive(),
  classes: z.int().positive().describe("Classes that the model tells apart"),
  top1: share.describe("Share of the images whose class has the highest score"),
  top5: share.nullable().describe("Or one of the five highest; null with fewer than six classes"),
  labels: z.string().describe("How folders became classes"),
});

/** The layout of `result.json` of an inspection. */
export const inspectionSchema = z.strictObject({
  ...resultSchema.shape,
  findings: z.array(finding),
  accuracy: accuracy.nullable()
    .describe("On the inspected images, where their folders name classes of the model"),
});

export type InspectionResult = z.infer<typeof inspectionSchema>;
export type Finding = z.infer<typeof finding>;
export type InspectedAccuracy = z.infer<typeof accuracy>;
