/**
 * What `gate` tells about one experiment, for every form of output.
 *
 * @module
 */
import { type GateRow, isRed, STATES } from "../gate_row.ts";

/** One experiment's gates. */
export interface GateReport {
  /** `<experiment>-<profile>`. */
  readonly id: string;
  /** File of the result. */
  readonly result: string | null;
  readonly baseline: string;
  readonly rows: readonly GateRow[];
  /** Why nothing could be checked; then there are no rows. */
  readonly error: string | null;
}

/** Whether an experiment's gates are all green. */
export function isGreen({ rows, error }: GateReport): boolean {
  return error === null && !rows.some(isRed);
}

/** Counts by state, the worst last: `12 passed, 1 failed`. */
export function countStates(rows: readonly GateRow[]): string {
  return STATES.flatMap((state) => {
    const count = rows.filter((row) => row.state === state).length;
    return count === 0 ? [] : [`${count} ${state}`];
  }).join(", ") || "nothing gated";
}
