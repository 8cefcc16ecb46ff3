/**
 * Names of metrics: paths whose parts may hold any text.
 *
 * @module
 */

/** Joins parts to a path; `/` and `%` inside a part are escaped as in addresses, so no two paths meet. */
export function metricName(...parts: readonly string[]): string {
  return parts.map((part) => part.replaceAll("%", "%25").replaceAll("/", "%2F")).join("/");
}
