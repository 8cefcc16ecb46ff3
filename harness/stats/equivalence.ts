/**
 * Equivalence: is the mean inside a region? Two one-sided t tests (Schuirmann 1987).
 *
 * @module
 */
import { studentGreater, studentLess } from "./student.ts";
import type { Region } from "./verdict.ts";

/**
 * p-value of "the mean lies inside the region": the larger of the one-sided p-values against its edges.
 * It is below alpha exactly when the interval of level 1 - 2 alpha lies inside. With one edge this is
 * the one-sided test against it.
 *
 * @throws {RangeError} With fewer than two values, or without an edge.
 */
export function equivalenceTest(values: readonly number[], { min, max }: Region): number {
  if (min === undefined && max === undefined) {
    throw new RangeError("Cannot test for equivalence: the region has no edge");
  }
  return Math.max(
    min === undefined ? 0 : studentGreater(values, min),
    max === undefined ? 0 : studentLess(values, max),
  );
}
