/**
 * `fetch`: download networks and photographs into the data root.
 *
 * @module
 */
import { UsageError } from "../base/mod.ts";
import type { Options } from "./options.ts";

/** Downloads what is named. */
export function fetchData({ words }: Options): Promise<number> {
  throw new UsageError(`fetch: ${words[1] ?? "nothing"}`);
}
