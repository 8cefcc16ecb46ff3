/**
 * The smallest unit of work and its identity, known before it runs.
 *
 * @module
 */
import { canonicalJson, sha256 } from "../base/mod.ts";
import { requireJson } from "./require_json.ts";

/** Everything that can change a result. */
export interface Cell {
  /** What is computed. */
  readonly stage: string;
  /** Version of the code that computes it. */
  readonly version: number;
  /** Settings; only what JSON can spell. */
  readonly parameters: Readonly<Record<string, unknown>>;
  /** SHA-256 of each input. */
  readonly inputs: Readonly<Record<string, string>>;
}

/**
 * SHA-256 of the cell's canonical JSON: the order of members does not matter.
 *
 * @throws {TypeError} When a setting cannot be spelled: two different cells could get the same key.
 */
export function cellKey({ stage, version, parameters, inputs }: Cell): string {
  requireJson(parameters, "parameters");
  return sha256(canonicalJson({ stage, version, parameters, inputs }));
}
