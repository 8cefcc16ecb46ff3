/**
 * What the reader of a result should be told before he believes it.
 *
 * @module
 */
import type { ModelResult, ModelRun, ProtopnetResult } from "../../harness/spec/mod.ts";
import { plural } from "../views/format.ts";

/** Sentences about models that fail in a way which an accuracy hides. */
export function protopnetWarnings({ models, classes }: ProtopnetResult): string[] {
  return models.flatMap((model) => {
    const { length } = classes[model.data]!;
    return model.runs.flatMap((run) => [
      ...neverPredicted(model, run, length),
      ...identicalPrototypes(model, run, length),
    ]);
  });
}

function neverPredicted({ title }: ModelResult, { replicate, test }: ModelRun, classes: number) {
  const never = test.neverPredicted;
  if (never.length === 0) return [];
  return [
    `${title}, replicate ${
      replicate + 1
    }: never predicts ${never.length} of ${classes} classes on ` +
    `the test images: ${never.join(", ")}`,
  ];
}

function identicalPrototypes(
  { title, prototypes }: ModelResult,
  { replicate, projection }: ModelRun,
  classes: number,
) {
  const same = projection?.identicalClasses ?? [];
  if (same.length === 0 || prototypes === null) return [];
  return [
    `${title}, replicate ${replicate + 1}: all ${plural(prototypes / classes, "prototype")} of ` +
    `${
      same.length === 1 ? "a class" : `each of ${same.length} classes`
    } are the same patch and explain no more than one would: ` +
    same.join(", "),
  ];
}
