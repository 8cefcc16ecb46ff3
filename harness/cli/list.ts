/**
 * `list`: the experiments and their profiles.
 *
 * @module
 */
import { listExperiments, loadExperiment } from "../spec/mod.ts";
import type { Options } from "./options.ts";
import { print } from "./print.ts";

/** Prints one line an experiment. */
export async function list({ json }: Options): Promise<number> {
  const rows = [];
  for (const id of await listExperiments()) {
    const { experiment } = await loadExperiment(id);
    rows.push({
      id,
      title: experiment.title,
      figure: experiment.figure,
      profiles: Object.keys(experiment.profiles),
      claims: experiment.claims.map((claim) => claim.id),
    });
  }
  print(
    json,
    rows,
    () =>
      rows.map(({ id, title, figure, profiles }) =>
        `${id}\n  ${title}\n  ${figure}; profiles: ${profiles.join(", ")}`
      ).join("\n"),
  );
  return 0;
}
