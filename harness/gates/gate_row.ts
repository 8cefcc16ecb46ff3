/**
 * What holding one number or verdict against a baseline came to.
 *
 * @module
 */

/**
 * `known`: no better and no worse than a baseline that is not reproduced itself. `warning`: weaker or
 * better than the baseline without contradicting it. `flaky`: failed, but other seeds do not confirm.
 */
export type GateState = "passed" | "known" | "warning" | "flaky" | "not comparable" | "failed";

/** States from the best to the worst: the order of every table. */
export const STATES: readonly GateState[] = [
  "passed",
  "known",
  "warning",
  "flaky",
  "not comparable",
  "failed",
];

/** One line of a gate's table. */
export interface GateRow {
  readonly name: string;
  readonly state: GateState;
  /** Number or verdict of the baseline. */
  readonly baseline: string;
  /** Number or verdict of the run; null when it has none. */
  readonly found: string | null;
  /** Rule in words. */
  readonly rule: string;
  /** p-value of the rule's test, before and after Holm's correction. */
  readonly pValue: number | null;
  readonly adjusted: number | null;
  /** Where the value moved: -1 down or for the worse, 1 up, 0 nowhere. */
  readonly direction: -1 | 0 | 1;
  readonly message: string;
}

/** Whether a state makes the command fail: what cannot be compared is no success. */
export function isRed({ state }: Pick<GateRow, "state">): boolean {
  return state === "failed" || state === "not comparable";
}

/** Rows with the worst last; equal ones keep their order. */
export function worstLast(rows: readonly GateRow[]): GateRow[] {
  return rows.toSorted((a, b) => STATES.indexOf(a.state) - STATES.indexOf(b.state));
}

/** A number with as many digits as a reader can use. */
export function digits(value: number): string {
  return String(Number(value.toPrecision(4)));
}

/** A p-value in words; what lies beyond any use is only bounded. */
export function pText(pValue: number): string {
  return pValue < 1e-6 ? "p < 1e-6" : `p = ${digits(pValue)}`;
}
