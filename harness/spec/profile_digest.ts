/**
 * The digest by which a result is recognised as one of a specification's present version.
 *
 * @module
 */
import { canonicalJson, sha256 } from "../base/mod.ts";

/** The parts of an experiment's file that the digest tells apart; anything else counts as it is. */
interface SpecificationFile {
  readonly profiles: Readonly<Record<string, unknown>>;
  readonly claims: readonly {
    readonly profiles?: readonly string[];
    readonly [key: string]: unknown;
  }[];
  readonly [key: string]: unknown;
}

/**
 * SHA-256 of what a specification says of one profile: all of it but the other profiles, claims that
 * only those check, and which profile is the default. So a change of one profile leaves the results of
 * the others what they were.
 *
 * @param file What the JSON file holds, before defaults are filled in: a new setting whose default is
 * what was done before changes nothing.
 */
export function profileDigest(file: SpecificationFile, profile: string): string {
  const { profiles, claims, defaultProfile: _, ...rest } = file;
  return sha256(canonicalJson({
    ...rest,
    profile: profiles[profile],
    claims: claims.filter((claim) => claim.profiles?.includes(profile) ?? true),
  }));
}
