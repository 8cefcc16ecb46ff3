/**
 * The two kinds of failure a user can meet. Both carry one complete sentence: the act, the place,
 * what was found and what was wanted. Anything else that is thrown is a defect of the program.
 *
 * @module
 */

/** A wrong command line or a wrong specification: exit code 2. */
export class UsageError extends Error {
  override name = "UsageError";
}

/** An input that is missing or broken, or a run that failed: exit code 3. */
export class RunError extends Error {
  override name = "RunError";
}

/** The message of anything that was thrown. */
export function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}
