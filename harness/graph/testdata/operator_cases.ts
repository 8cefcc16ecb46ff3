/**
 * Random small graphs of every operator that can be differentiated.
 *
 * @module
 */
import type { Arbitrary } from "fast-check";
import type { OperatorCase } from "./operator_cases/case_builder.ts";
import { ELEMENTWISE_CASES } from "./operator_cases/elementwise_cases.ts";
import { LAYOUT_CASES } from "./operator_cases/layout_cases.ts";
import { MATRIX_CASES } from "./operator_cases/matrix_cases.ts";
import { NORMALISATION_CASES } from "./operator_cases/normalisation_cases.ts";
import { REDUCTION_CASES } from "./operator_cases/reduction_cases.ts";
import { WINDOW_CASES } from "./operator_cases/window_cases.ts";

export { type OperatorCase, operatorCases } from "./operator_cases/case_builder.ts";

/** Arbitrary cases by the name of what is tested. */
export const OPERATOR_CASES: Readonly<Record<string, Arbitrary<OperatorCase>>> = {
  ...ELEMENTWISE_CASES,
  ...LAYOUT_CASES,
  ...MATRIX_CASES,
  ...NORMALISATION_CASES,
  ...REDUCTION_CASES,
  ...WINDOW_CASES,
};
