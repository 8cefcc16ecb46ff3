/**
 * What a profile says about a network, in plain language with its evidence and its limits.
 *
 * @module
 */

/** One observation. */
export interface Finding {
  /** What the observation is about. */
  readonly id: string;
  /** Whether somebody should look into it. */
  readonly concern: boolean;
  readonly title: string;
  /** What was seen, with numbers. */
  readonly seen: string;
  /** What it may mean. */
  readonly meaning: string;
  /** What it does not prove. */
  readonly limit: string;
}

/** The finding as one paragraph. */
export function findingText({ title, seen, meaning, limit }: Finding): string {
  return `${title}. Seen: ${seen} May mean: ${meaning} Does not prove: ${limit}`;
}
