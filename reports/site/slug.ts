/**
 * Names as parts of addresses: whatever a name holds, its slug is plain.
 *
 * @module
 */
import { sha256 } from "../../harness/base/mod.ts";

/** Names that are their own slug. */
const PLAIN = /^[a-z0-9]+([._-][a-z0-9]+)*$/;

/** Longest slug before its digest, in characters. */
const LONGEST = 60;

/**
 * Lower-case letters and digits with single hyphens, dots or underscores between them. A name that is
 * not of that form already gets eight digits of its SHA-256, so that two names never share a slug by
 * losing what tells them apart.
 */
export function slugOf(name: string): string {
  if (PLAIN.test(name) && name.length <= LONGEST) return name;
  const plain = name.toLowerCase().replaceAll(/[^a-z0-9]+/g, "-").replaceAll(/^-+|-+$/g, "")
    .slice(0, LONGEST);
  return `${plain}${plain && "-"}${sha256(name).slice(0, 8)}`;
}
