/**
 * Addresses of the pages, from the root of the site.
 *
 * @module
 */
import { slugOf } from "../slug.ts";

export function experimentPath(id: string): string {
  return `experiments/${slugOf(id)}.html`;
}

export function networkPath(id: string): string {
  return `networks/${slugOf(id)}.html`;
}

export function claimPath(id: string): string {
  return `claims/${slugOf(id)}.html`;
}

export function runPath(slug: string): string {
  return `runs/${slug}/index.html`;
}

/** A lock file by its digest. */
export function lockPath(sha256: string): string {
  return `locks/${sha256}.lock`;
}
