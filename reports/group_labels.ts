/**
 * Names of the groups of a data set.
 *
 * @module
 */
import type { Result } from "../harness/spec/mod.ts";

/** The label of each group, with its replicate where replicates share their labels. */
export function groupLabels(groups: Result["data"][number]["groups"]): string[] {
  const labels = groups.map(({ label }) => label);
  return groups.map(({ label, replicate }) =>
    labels.indexOf(label) === labels.lastIndexOf(label)
      ? label
      : `${label}, replicate ${replicate + 1}`
  );
}
