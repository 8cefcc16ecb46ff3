/**
 * How far two runs lie apart.
 *
 * @module
 */
import type { Measured } from "./run_content.ts";
import type { PublishedRun } from "./published_run.ts";

/** What differs between two runs. */
export interface RunDistance {
  /** Numbers that both have. */
  readonly shared: number;
  /** Largest |a - b| / max(|a|, |b|) over them; null without any. */
  readonly largest: number | null;
  /** Where it is. */
  readonly at: string;
  /** Checks that both have and whose verdicts differ. */
  readonly verdicts: readonly {
    readonly id: string;
    readonly subject: string;
    readonly from: string;
    readonly to: string;
  }[];
}

/** Compares a run with another. */
export function runDistance(from: PublishedRun, to: PublishedRun): RunDistance {
  const before = new Map(from.content.measured.map((one) => [nameOf(one), one.value]));
  const shared = to.content.measured.flatMap((one) => {
    const value = before.get(nameOf(one));
    return value === undefined ? [] : [{ one, difference: relative(value, one.value) }];
  });
  const farthest = shared.toSorted((a, b) => b.difference - a.difference)[0];
  return {
    shared: shared.length,
    largest: farthest?.difference ?? null,
    at: farthest ? `${farthest.one.model}, ${farthest.one.quantity}` : "",
    verdicts: changedVerdicts(from, to),
  };
}

function changedVerdicts(from: PublishedRun, to: PublishedRun): RunDistance["verdicts"] {
  const key = (id: string, subject: string) => JSON.stringify([id, subject]);
  const before = new Map(
    from.content.frame.claims.map(({ id, subject, verdict }) => [key(id, subject), verdict]),
  );
  return to.content.frame.claims.flatMap(({ id, subject, verdict }) => {
    const old = before.get(key(id, subject));
    return old === undefined || old === verdict ? [] : [{ id, subject, from: old, to: verdict }];
  });
}

function nameOf({ model, quantity }: Measured): string {
  return JSON.stringify([model, quantity]);
}

function relative(a: number, b: number): number {
  return a === b ? 0 : Math.abs(a - b) / Math.max(Math.abs(a), Math.abs(b));
}
