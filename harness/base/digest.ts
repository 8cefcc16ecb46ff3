/**
 * Identity of content: canonical JSON (RFC 8785) and SHA-256.
 *
 * @module
 */
import { createHash } from "node:crypto";
import canonicalize from "canonicalize";

/** SHA-256 in lower-case hexadecimal. */
export function sha256(bytes: Uint8Array | string): string {
  return createHash("sha256").update(bytes).digest("hex");
}

/**
 * Canonical JSON text of a value: keys sorted, one spelling for each number.
 *
 * @throws {TypeError} When the value holds NaN or an infinity, which JSON cannot spell.
 */
export function canonicalJson(value: unknown): string {
  refuseNonFinite(value, "value");
  const text = canonicalize(value);
  if (text === undefined) throw new TypeError("Cannot spell undefined as canonical JSON");
  return text;
}

function refuseNonFinite(value: unknown, place: string): void {
  if (typeof value === "number" && !Number.isFinite(value)) {
    throw new TypeError(`Cannot spell ${value} at ${place} as canonical JSON`);
  }
  if (typeof value === "object" && value !== null) {
    for (const [key, member] of Object.entries(value)) refuseNonFinite(member, `${place}.${key}`);
  }
}
