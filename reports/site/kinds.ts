/**
 * The kinds of results that can be published. Another kind is one more entry: what it gives, down to
 * pages and pictures of its own, is in `RunContent`.
 *
 * @module
 */
import { messageOf, RunError } from "../../harness/base/mod.ts";
import { profileKind } from "./profile_kind.ts";
import { protopnetKind } from "./protopnet_kind.ts";
import type { RunContent } from "./run_content.ts";

/** One layout of `result.json`. */
export interface ResultKind {
  /** Its field `kind`; undefined where the layout has none. */
  readonly kind: string | undefined;
  /** The version of the layout that is understood. */
  readonly version: number;
  /**
   * Checks and reads a result of this version.
   *
   * @throws {UsageError} With a line for each thing that is wrong.
   */
  read(text: string, file: string): RunContent;
}

export const RESULT_KINDS: readonly ResultKind[] = [profileKind, protopnetKind];

/**
 * Reads a result of any kind.
 *
 * @throws {RunError} In one sentence, when it is broken, or of another kind or version.
 */
export function readContent(
  text: string,
  file: string,
  kinds: readonly ResultKind[] = RESULT_KINDS,
): RunContent {
  const { kind, schemaVersion } = head(text, file);
  const known = kinds.find((one) => one.kind === kind);
  if (!known) {
    throw new RunError(`${file}: kind: found ${JSON.stringify(kind)}, which cannot be published`);
  }
  if (schemaVersion !== known.version) {
    throw new RunError(
      `${file}: schemaVersion: found ${JSON.stringify(schemaVersion)}, wanted ${known.version}: ` +
        "run its command again",
    );
  }
  try {
    return known.read(text, file);
  } catch (error) {
    const [first, ...others] = messageOf(error).split("\n");
    throw new RunError(others.length > 0 ? `${first}, and ${others.length} more` : first);
  }
}

function head(text: string, file: string): { kind?: unknown; schemaVersion?: unknown } {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new RunError(`${file}: not JSON: ${messageOf(error).replaceAll(/\s+/g, " ")}`);
  }
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value;
  throw new RunError(`${file}: found ${text.slice(0, 20)}, wanted a result`);
}
